#include "api/failure.hpp"

#include "api/problem.hpp"
#include "base/log.hpp"
#include "base/unavailable.hpp"

namespace pixelvault::api {

using domain::ErrorCode;

namespace {

domain::Error world_failed(const base::Unavailable& failure) {
  if (failure.kind() == base::Unavailable::Kind::DiskFull) {
    return {.code = ErrorCode::InsufficientStorage,
            .message =
                "The server's disk is full: nothing was stored, try again when its operator has "
                "made room."};
  }
  return {.code = ErrorCode::Unavailable,
          .message = "The server cannot do this at the moment: try again in a few seconds."};
}

}  // namespace

http::Response failure_response(const std::exception_ptr& failure, const std::string& request_id) {
  try {
    std::rethrow_exception(failure);
  } catch (const base::Unavailable& unavailable) {
    spdlog::error("{} failed: {}", request_id, unavailable.what());
    return problem(world_failed(unavailable), request_id);
  } catch (const std::exception& bug) {
    spdlog::critical("{} met a bug: {}", request_id, bug.what());
    return problem({.code = ErrorCode::Internal,
                    .message = "This is a bug of the server: tell its operator the request id."},
                   request_id);
  }
}

}  // namespace pixelvault::api
