// What a request needs while it runs and a connection does not while it waits: buffers and the
// request itself. Used again and again, so that requests allocate little and idle connections hold
// none of it. Belongs to one worker's thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "http/message.hpp"
#include "http/options.hpp"
#include "http/read_buffer.hpp"

namespace pixelvault::http {

struct RequestContext {
  explicit RequestContext(const Options& options) : buffer(options.max_header_bytes) {}

  /// Forgets the last request; what was read of the next one stays.
  void begin_request();

  ReadBuffer buffer;
  Request request;
  std::string out;  ///< the head of the response, with a small body behind it
};

/// The contexts that nobody uses at the moment.
class RequestContextPool {
 public:
  explicit RequestContextPool(const Options& options) : options_(options) {}

  std::unique_ptr<RequestContext> take();
  /// What was unread is forgotten: the next connection is another one.
  void put(std::unique_ptr<RequestContext> context);

 private:
  const Options& options_;
  std::vector<std::unique_ptr<RequestContext>> free_;
};

}  // namespace pixelvault::http
