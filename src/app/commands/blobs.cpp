#include "app/commands/blobs.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cstdio>
#include <memory>

#include "app/commands/operations.hpp"
#include "app/process.hpp"
#include "app/run_blocking.hpp"
#include "services/image_pages.hpp"

namespace pixelvault::app {

namespace json = boost::json;

namespace {

constexpr const char* kFooter = R"(
Gets at every picture, whatever store it is in, and moves pictures between the stores while the server runs.
  pixelvault blobs --data data ls
  pixelvault blobs --data data cat img_... > picture
  pixelvault blobs --data data export pictures
  pixelvault blobs --data data move --to folder
Exit code: 0 all is well, 1 pictures are missing or it failed, 2 a wrong command line.
See docs/operations.md.)";

void print_line(const domain::Image& image, bool json) {
  const auto key = domain::image_path(image);
  const auto place = image.place ? domain::to_string(*image.place) : std::string();
  if (!json) {
    fmt::print("{:>10}  {:<14}  {}  {}{}{}\n", image.size, place.empty() ? "folder" : place, key,
               image.folder, image.folder.empty() ? "" : "/", image.filename);
    return;
  }
  json::object object{{"id", image.id.to_string()}, {"key", key},
                      {"size", image.size},         {"sha256", base::to_hex(image.sha256)},
                      {"place", nullptr},           {"folder", image.folder},
                      {"filename", image.filename}};
  if (image.place) object["place"] = place;
  fmt::print("{}\n", json::serialize(object));
}

base::task<int> write_out(ports::BlobStore& blobs, domain::Image image) {
  auto blob = ports::blob_of(image);
  const auto source = co_await blobs.read(std::move(blob), image.size);
  if (!source) {
    fmt::print(stderr, "The bytes of {} are missing: see pixelvault scrub.\n",
               image.id.to_string());
    co_return 1;
  }
  for (;;) {
    const auto bytes = co_await source->read();
    if (!bytes) co_return 1;
    if (bytes->empty()) co_return std::fflush(stdout) == 0 ? 0 : 1;
    if (std::fwrite(bytes->data(), 1, bytes->size(), stdout) != bytes->size()) co_return 1;
  }
}

CLI::App* add(CLI::App& blobs, const char* name, const char* help, Job& job,
              const std::shared_ptr<BlobsRequest>& request,
              int (*run)(Workbench&, const Config&, const BlobsRequest&)) {
  auto* command = blobs.add_subcommand(name, help);
  command->callback([&blobs, request, run, &job] {
    job = [&blobs, request, run] {
      const auto config = config_of(blobs, request->flags);
      require_database(config);
      prepare_process();
      Workbench bench(config);
      return run(bench, config, *request);
    };
  });
  return command;
}

/// The commands that do not ask for the settings.
template <int (*Run)(Workbench&, const BlobsRequest&)>
int without_settings(Workbench& bench, const Config&, const BlobsRequest& request) {
  return Run(bench, request);
}

}  // namespace

std::optional<domain::ProjectId> project_of(const BlobsRequest& request) {
  if (request.project.empty()) return std::nullopt;
  if (auto id = domain::ProjectId::parse(request.project)) return id;
  throw ConfigError("--project is wrong: '" + request.project + "' is no project's id.");
}

int list_blobs(Workbench& bench, const BlobsRequest& request) {
  const auto project = project_of(request);
  services::LivingImages images(bench.catalog);
  while (const auto image = run_blocking(images.next())) {
    if (!project || image->project == *project) print_line(*image, request.json);
  }
  return 0;
}

int print_blob(Workbench& bench, const BlobsRequest& request) {
  auto id = domain::ImageId::parse(request.blob);
  if (!id) id = domain::image_of_path(request.blob);
  const auto image = id ? run_blocking(bench.catalog.find(*id)) : std::nullopt;
  if (!image || image->deleted_at) {
    fmt::print(stderr, "There is no image '{}'.\n", request.blob);
    return 1;
  }
  return run_blocking(write_out(bench.blobs, *image));
}

void add_blobs(CLI::App& program, Job& job) {
  auto request = std::make_shared<BlobsRequest>();
  auto* blobs = program.add_subcommand("blobs", "Get at every picture; move them between stores");
  blobs->require_subcommand(1);
  add_store_flags(*blobs, request->flags);
  auto* list = add(*blobs, "ls", "List the living images with their keys and places", job, request,
                   without_settings<list_blobs>);
  list->add_option("--project", request->project, "Only this project's")->type_name("ID");
  list->add_flag("--json", request->json, "One JSON object a line");
  add(*blobs, "cat", "Write the bytes of an image to standard output", job, request,
      without_settings<print_blob>)
      ->add_option("IMAGE", request->blob, "Its id or its key")
      ->required();
  auto* out = add(*blobs, "export", "Write all pictures as files, in their folders", job, request,
                  without_settings<export_blobs>);
  out->add_option("FOLDER", request->folder, "Where to; what is there already stays")->required();
  out->add_option("--project", request->project, "Only this project's")->type_name("ID");
  auto* move = add(*blobs, "move", "Move pictures to the other store while the server runs", job,
                   request, move_blobs);
  move->add_option("--to", request->to, "segments or folder")->required()->type_name("STORE");
  move->add_option("--rate", request->rate, "Bytes a second at most, such as 20MB")
      ->type_name("SIZE");
  blobs->footer(kFooter);
}

}  // namespace pixelvault::app
