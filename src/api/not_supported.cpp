#include "api/not_supported.hpp"

#include <utility>

namespace pixelvault::api {

using domain::Result;

namespace {

std::unexpected<domain::Error> not_supported(std::string message) {
  return domain::fail({.code = domain::ErrorCode::NotSupported, .message = std::move(message)});
}

}  // namespace

base::task<Result<http::Response>> NotSupportedApi::generate(domain::Caller, http::Request&,
                                                             http::PathValues) {
  co_return not_supported(
      "This server makes no pictures: make one elsewhere and upload it with POST /v1/images.");
}

base::task<Result<http::Response>> NotSupportedApi::describe(domain::Caller, http::Request&,
                                                             http::PathValues) {
  co_return not_supported(
      "This server describes no pictures: keep a description of your own in the image's metadata.");
}

base::task<Result<http::Response>> NotSupportedApi::device_login(http::Request&, http::PathValues) {
  co_return not_supported(
      "This server sends no mail, so a device cannot log in by a code: use POST /v1/auth/login, or "
      "an API key.");
}

}  // namespace pixelvault::api
