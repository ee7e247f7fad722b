// The load generator: uploads of pictures that are all different, over keep-alive connections,
// bounded by time and by count. Prints one JSON object; exits 1 when an upload failed.
//
//   bench_uploader --port 8080 --path /v1/images --header 'Authorization: Bearer …' --bytes 100000
//                  --clients 8 --seconds 5
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "load/client/load.hpp"

namespace {

using namespace pixelvault;

struct Arguments {
  bench::Target target;
  bench::LoadOptions load;
  bench::S3Credentials s3;
  std::size_t bytes = 100'000;
  double seconds = 5;
  double warm_up = 0.5;
};

void add_options(CLI::App& program, Arguments& arguments) {
  const std::map<std::string, bench::Shape> shapes{{"multipart", bench::Shape::Multipart},
                                                   {"raw", bench::Shape::Raw},
                                                   {"put", bench::Shape::Put}};
  auto& [target, load, s3, bytes, seconds, warm_up] = arguments;
  program.add_option("--port", load.port, "Port on 127.0.0.1")->required();
  program.add_option("--path", target.path, "Where to; of put: what stands before the name")
      ->required();
  program.add_option("--shape", target.shape, "multipart, raw or put")
      ->transform(CLI::CheckedTransformer(shapes));
  program.add_option("--field", target.field, "Name of the form's field");
  program.add_option("--header", target.headers, "One more header line; may be repeated");
  program.add_option("--s3-key", s3.key, "Signs each PUT (AWS Signature Version 4)");
  program.add_option("--s3-secret", s3.secret);
  program.add_option("--s3-region", s3.region);
  program.add_option("--bytes", bytes, "Of a picture");
  program.add_option("--clients", load.clients, "Connections");
  program.add_option("--seconds", seconds, "How long is measured");
  program.add_option("--warm-up", warm_up, "Seconds of uploads before, which are not counted");
  program.add_option("--count", load.bounds.uploads, "Uploads at most, the warm-up included");
}

std::chrono::milliseconds milliseconds(double seconds) {
  return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

int run(Arguments& arguments) {
  auto& [target, load, s3, bytes, seconds, warm_up] = arguments;
  target.host = "127.0.0.1:" + std::to_string(load.port);
  if (!s3.key.empty()) target.s3 = s3;
  load.bounds.duration = milliseconds(seconds);
  load.bounds.warm_up = milliseconds(warm_up);
  const bench::Picture picture(bytes);
  const auto before = bench::cpu_seconds();  // making the noise is no upload
  const auto measured = bench::upload(target, picture, load);
  std::puts(bench::to_json(measured, bench::cpu_seconds() - before).c_str());
  return measured.errors.empty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App program("Uploads pictures to a server on this machine and measures it.");
  Arguments arguments;
  add_options(program, arguments);
  CLI11_PARSE(program, argc, argv);
  try {
    return run(arguments);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_uploader: %s\n", error.what());
    return 2;
  }
}
