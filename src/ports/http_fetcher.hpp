// Files of the public web, fetched for clients who name them: nobody else's servers, networks and
// secrets may be reached that way. Any thread may call, from an executor that runs one thing at a
// time; a download belongs to one coroutine.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/bytes.hpp"
#include "base/task.hpp"
#include "domain/error.hpp"
#include "domain/trace_context.hpp"
#include "domain/web_address.hpp"

namespace pixelvault::ports {

/// A file that is coming in, pulled: what is not asked for stays with the foreign server.
/// Destroying it ends the transfer.
class Download {
 public:
  virtual ~Download() = default;
  /// What the server declared, in bytes; it may still send less, which is an error of `read`.
  virtual std::optional<std::uint64_t> length() const = 0;
  /// The next bytes; empty at the whole end. Valid until the next call. ImportFailed when the
  /// transfer breaks or takes too long.
  virtual base::task<domain::Result<base::ByteView>> read() = 0;
};

class HttpFetcher {
 public:
  virtual ~HttpFetcher() = default;
  /// Gets what is at `address`, or where that redirects to, if it answers 200. ImportFailed, whose
  /// message says what is in the way: a rule of this server or what the other one did. Throws
  /// `base::Unavailable` while too many downloads are open. Must outlive its downloads.
  /// `trace` is passed on to the other server.
  virtual base::task<domain::Result<std::unique_ptr<Download>>> fetch(
      domain::WebAddress address, std::optional<domain::TraceContext> trace) = 0;
};

}  // namespace pixelvault::ports
