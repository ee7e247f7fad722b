#include "api/exports.hpp"

#include <memory>
#include <string>
#include <utility>

#include "api/export_json.hpp"
#include "api/json_body.hpp"

namespace pixelvault::api {

using domain::Result;

base::task<Result<http::Response>> ExportsApi::start(domain::Caller caller, http::Request&,
                                                     http::PathValues) {
  const auto job = co_await exports_.start(std::move(caller));
  if (!job) co_return std::unexpected(job.error());
  const auto body = started_export_json(*job);
  auto response = json_response(202, body);
  response.add("Location", "/v1/export-jobs/" + job->id.to_string());
  co_return response;
}

base::task<Result<http::Response>> ExportsApi::status(domain::Caller caller, http::Request&,
                                                      http::PathValues path) {
  const auto job = co_await exports_.status(std::move(caller), path.at(0));
  if (!job) co_return std::unexpected(job.error());
  co_return json_response(200, export_json(*job));
}

base::task<Result<http::Response>> ExportsApi::download(domain::Caller caller, http::Request&,
                                                        http::PathValues path) {
  auto manifest = std::make_unique<JsonManifest>();
  auto archive = co_await exports_.download(std::move(caller), path.at(0), std::move(manifest));
  if (!archive) co_return std::unexpected(std::move(archive.error()));
  http::Response response;
  response.add("Content-Type", "application/x-tar");
  response.add("Content-Disposition",
               "attachment; filename=\"pixelvault-export-" + std::string(path.at(0)) + ".tar\"");
  response.add("Cache-Control", "no-store");
  response.body = http::StreamedBody{.source = *std::move(archive), .length = std::nullopt};
  co_return response;
}

}  // namespace pixelvault::api
