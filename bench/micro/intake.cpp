// What every byte of an upload passes, in bytes a second: the multipart parser, and the chain of
// hash, sniff and probe for each format.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <string>

#include "http/multipart.hpp"
#include "services/intake.hpp"
#include "support/samples.hpp"

namespace pixelvault {
namespace {

constexpr std::size_t kChunk = 64UL * 1024;

void multipart(benchmark::State& state) {
  const std::string body =
      "--XXBOUNDARYXX\r\nContent-Disposition: form-data; name=file; filename=a\r\n\r\n" +
      std::string(8UL * 1024 * 1024, 'x') + "\r\n--XXBOUNDARYXX--\r\n";
  while (state.KeepRunning()) {
    http::MultipartParser parser("XXBOUNDARYXX");
    auto rest = base::as_bytes(body);
    for (auto event = parser.next(); !std::holds_alternative<http::MultipartParser::End>(event);
         event = parser.next()) {
      if (!std::holds_alternative<http::MultipartParser::NeedInput>(event)) continue;
      const auto chunk = rest.first(std::min(rest.size(), kChunk));
      rest = rest.subspan(chunk.size());
      parser.feed(chunk);
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * body.size()));
}
BENCHMARK(multipart);

/// Takes a whole file through the chain, as an upload does.
void take(const std::string& file) {
  services::Intake intake(file.size(), domain::ProbeLimits{});
  auto rest = base::as_bytes(file);
  while (!rest.empty()) {
    const auto chunk = rest.first(std::min(rest.size(), kChunk));
    rest = rest.subspan(chunk.size());
    benchmark::DoNotOptimize(intake.take(chunk));
  }
  benchmark::DoNotOptimize(intake.rest());
  benchmark::DoNotOptimize(intake.finish());
}

void intake(benchmark::State& state) {
  const auto& sample = support::samples().at(static_cast<std::size_t>(state.range(0)));
  const auto file = support::read_sample(sample.name);
  while (state.KeepRunning()) take(file);
  state.SetLabel(std::string(sample.name));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * file.size()));
}
BENCHMARK(intake)->DenseRange(0, 11);

}  // namespace
}  // namespace pixelvault
