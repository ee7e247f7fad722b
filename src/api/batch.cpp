#include "api/batch.hpp"

#include <boost/json.hpp>
#include <string>
#include <utility>

#include "api/batch_form.hpp"
#include "api/images.hpp"
#include "api/json_body.hpp"
#include "api/problem.hpp"

namespace pixelvault::api {

namespace json = boost::json;
using domain::Result;
using services::Batch;
using services::BatchItem;

namespace {

struct Counts {
  std::size_t created = 0;
  std::size_t replayed = 0;
  std::size_t failed = 0;

  void add(const BatchItem& item) {
    ++(!item.outcome ? failed : item.outcome->replayed ? replayed : created);
  }
};

unsigned batch_status(const Counts& counts) {
  if (counts.failed > 0) return 207;
  return counts.created > 0 ? 201 : 200;
}

unsigned item_status(const BatchItem& item) {
  if (!item.outcome) return status_of(item.outcome.error().code);
  return item.outcome->replayed ? 200 : 201;
}

json::object collection_json(const Batch& batch) {
  json::object collection{{"name", nullptr}, {"folder", batch.folder}};
  if (batch.name) collection["name"] = *batch.name;
  return collection;
}

/// One image, as every list of results tells of it; `image` is null when it failed.
json::object result_json(std::size_t index, const BatchItem& item, const json::value& image,
                         std::string_view request_id) {
  json::object result{{"index", index},
                      {"filename", item.filename},
                      {"status", item_status(item)},
                      {"image", image},
                      {"error", nullptr}};
  if (!item.outcome) result["error"] = error_json(item.outcome.error(), request_id);
  return result;
}

/// The whole answer.
base::task<http::Response> present(const Batch& batch, const ImagePresenter& presenter,
                                   std::string_view request_id) {
  Counts counts;
  json::array images;
  json::array results;
  for (const auto& item : batch.items) {
    counts.add(item);
    json::value image = nullptr;
    if (item.outcome) image = co_await presenter.show_upload(*item.outcome);
    results.emplace_back(result_json(results.size(), item, image, request_id));
    if (item.outcome) images.emplace_back(std::move(image));
  }
  json::object data{{"collection", collection_json(batch)},
                    {"total", batch.items.size()},
                    {"created", counts.created},
                    {"replayed", counts.replayed},
                    {"failed", counts.failed},
                    {"images", std::move(images)},
                    {"results", std::move(results)}};
  const json::object body{{"data", std::move(data)}};
  auto response = json_response(batch_status(counts), body);
  if (response.status == 200) response.add("Idempotency-Replayed", "true");
  co_return response;
}

}  // namespace

base::task<Result<http::Response>> BatchApi::upload(domain::Caller caller, http::Request& request,
                                                    http::PathValues) {
  auto key = idempotency_key(request);
  if (!key) co_return std::unexpected(std::move(key.error()));
  const auto form = make_batch_form(request, batches_.max_body_bytes(caller));
  if (!form) co_return std::unexpected(form.error());
  const auto batch = co_await batches_.accept(std::move(caller), **form, *std::move(key));
  if (!batch) co_return std::unexpected(batch.error());
  co_return co_await present(*batch, presenter_, request.request_id);
}

}  // namespace pixelvault::api
