// What the disk can do without a server: durable blobs from closed-loop clients that are threads.
// Prints one JSON object.
//
//   bench_bare_loop --folder FOLDER --design segment-rows --bytes 100000 --clients 32 --seconds 5
//
// Designs: file (a file a blob), segment (appended, one sync a batch), segment-rows (and a SQLite
// row a blob, one transaction a batch).
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string>

#include "load/disk/closed_loop.hpp"

namespace {

using namespace pixelvault;

struct Arguments {
  std::string folder;
  std::string design = "segment-rows";
  bench::Bounds bounds;
  std::size_t bytes = 100'000;
  std::size_t clients = 1;
  double seconds = 5;
  double warm_up = 0.5;
};

void add_options(CLI::App& program, Arguments& arguments) {
  auto& [folder, design, bounds, bytes, clients, seconds, warm_up] = arguments;
  program.add_option("--folder", folder, "An empty folder, on the disk to measure")->required();
  program.add_option("--design", design)->check(CLI::IsMember({"file", "segment", "segment-rows"}));
  program.add_option("--bytes", bytes, "Of a blob");
  program.add_option("--clients", clients, "Threads");
  program.add_option("--seconds", seconds, "How long is measured");
  program.add_option("--warm-up", warm_up, "Seconds of blobs before, which are not counted");
  program.add_option("--count", bounds.uploads, "Blobs at most, the warm-up included");
}

std::unique_ptr<bench::Sink> make_sink(const Arguments& arguments) {
  if (arguments.design == "file") return bench::make_file_sink(arguments.folder);
  return bench::make_segment_sink(arguments.folder, arguments.design == "segment-rows");
}

std::chrono::milliseconds milliseconds(double seconds) {
  return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

void run(Arguments& arguments) {
  arguments.bounds.duration = milliseconds(arguments.seconds);
  arguments.bounds.warm_up = milliseconds(arguments.warm_up);
  const auto sink = make_sink(arguments);
  const auto before = bench::cpu_seconds();
  const auto measured =
      bench::store_blobs(*sink, arguments.bytes, arguments.clients, arguments.bounds);
  std::puts(bench::to_json(measured, bench::cpu_seconds() - before).c_str());
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App program("Measures how many blobs a second the disk can make durable.");
  Arguments arguments;
  add_options(program, arguments);
  CLI11_PARSE(program, argc, argv);
  try {
    run(arguments);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_bare_loop: %s\n", error.what());
    return 2;
  }
}
