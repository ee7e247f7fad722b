#include "http/request_context.hpp"

namespace pixelvault::http {

namespace {
/// Of one worker; a burst's memory is given back after it.
constexpr std::size_t kKeptContexts = 64;
}  // namespace

void RequestContext::begin_request() {
  buffer.release();
  buffer.prepare_header();
  request.method = Method::Other;
  request.target.path.clear();
  request.target.query.clear();
  request.fields.clear();
  request.content_length.reset();
  request.has_body = false;
  request.body = nullptr;
  request.notes = {};
}

std::unique_ptr<RequestContext> RequestContextPool::take() {
  if (free_.empty()) return std::make_unique<RequestContext>(options_);
  auto context = std::move(free_.back());
  free_.pop_back();
  return context;
}

void RequestContextPool::put(std::unique_ptr<RequestContext> context) {
  context->buffer.clear();
  context->request.notes = {};
  if (free_.size() < kKeptContexts) free_.push_back(std::move(context));
}

}  // namespace pixelvault::http
