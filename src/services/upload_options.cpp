#include "services/upload_options.hpp"

#include <charconv>
#include <utility>

#include "domain/filename.hpp"
#include "domain/folder.hpp"

namespace pixelvault::services {

using domain::ErrorCode;
using domain::Result;

namespace {

std::unexpected<domain::Error> invalid(std::string_view param, std::string message) {
  return domain::fail({.code = ErrorCode::InvalidRequest,
                       .message = std::move(message),
                       .param = std::string(param)});
}

Result<void> set_folder(UploadOptions& options, std::string_view value) {
  auto folder = domain::parse_folder(value);
  if (!folder) return std::unexpected(std::move(folder.error()));
  options.folder = *std::move(folder);
  return {};
}

Result<void> set_visibility(UploadOptions& options, std::string_view value) {
  if (value != "public" && value != "private") {
    return invalid("visibility", "The visibility must be public or private.");
  }
  options.visibility =
      value == "private" ? domain::Visibility::Private : domain::Visibility::Public;
  return {};
}

Result<void> set_lifetime(std::optional<std::uint32_t>& lifetime, std::string_view name,
                          std::string_view value) {
  const auto seconds = parse_lifetime(name, value);
  if (!seconds) return std::unexpected(seconds.error());
  lifetime = *seconds;
  return {};
}

/// A client that asks for a description would wait for it: to ignore the wish would be a lie.
Result<void> refuse_description(std::string_view value) {
  if (value != "true" && value != "1") return {};
  return domain::fail({.code = ErrorCode::NotSupported,
                       .message = "This server does not describe pictures: leave describe out.",
                       .param = "describe"});
}

}  // namespace

Result<std::uint32_t> parse_lifetime(std::string_view name, std::string_view text) {
  std::uint32_t seconds = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool whole = error == std::errc{} && stop == text.data() + text.size();
  if (whole && seconds >= kMinLifetime && seconds <= kMaxLifetime) return seconds;
  return domain::fail(
      {.code = ErrorCode::InvalidRequest,
       .message = std::string(name) + " must be a whole number of seconds from 60 to 2592000.",
       .param = std::string(name),
       .limit = kMaxLifetime});
}

Result<void> set_option(UploadOptions& options, std::string_view name, std::string value) {
  if (name == "folder") return set_folder(options, value);
  if (name == "visibility") return set_visibility(options, value);
  if (name == "expires_in") return set_lifetime(options.expires_in, name, value);
  if (name == "sign_expires_in") return set_lifetime(options.sign_expires_in, name, value);
  if (name == "describe") return refuse_description(value);
  if (name == "filename") options.filename = domain::clean_filename(value);
  if (name == "metadata") options.metadata = std::move(value);
  return {};
}

Result<void> check(const UploadOptions& options) {
  if (!options.sign_expires_in || options.visibility == domain::Visibility::Private) return {};
  return invalid("sign_expires_in",
                 "Only private images have signed links: leave sign_expires_in out, or set "
                 "visibility to private.");
}

}  // namespace pixelvault::services
