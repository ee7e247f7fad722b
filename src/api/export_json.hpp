// Exports as clients see them (contract §4): the job, and the manifest in its archive. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "domain/export.hpp"
#include "services/export_archive.hpp"

namespace pixelvault::api {

/// What the answer to a new export says.
boost::json::object started_export_json(const domain::Export& job);

/// The state of an export: with `download_url` when it is complete, with `error` when it failed.
boost::json::object export_json(const domain::Export& job);

/// `{"version": 1, …, "images": […]}` in its shortest form, an image at a time.
class JsonManifest final : public services::ManifestWriter {
 public:
  std::string begin(const domain::Export& job) override;
  std::string add(const domain::Image& image, std::string_view file) override;
  std::string end() override;

 private:
  bool empty_ = true;
};

}  // namespace pixelvault::api
