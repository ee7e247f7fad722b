// What can be wrong with a request, as the product says it: a stable code for programs, a sentence
// for people, and the facts that belong to it. Made by domain, services and ports; turned into a
// status and JSON in one place, api/problem.cpp.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>

namespace pixelvault::domain {

enum class ErrorCode {
  InvalidJson,
  InvalidRequest,
  InvalidMultipart,
  NoFile,
  EmptyFile,
  InvalidCursor,
  Unauthorized,
  NotFound,
  ImageNotFound,
  RequestTimeout,
  MethodNotAllowed,
  EmailTaken,
  ImageDeleted,
  PreconditionFailed,
  FileTooLarge,
  RequestTooLarge,
  UnsupportedMediaType,
  RangeNotSatisfiable,
  InvalidImage,
  ImageTooComplex,
  HeadersTooLarge,
  Internal,
  Unavailable,
  InsufficientStorage,
};

struct Error {
  ErrorCode code;
  std::string message;                    ///< one sentence that says what to do
  std::optional<std::string> param = {};  ///< the offending field
  std::optional<std::uint64_t> limit =
      {};  ///< the limit that was passed, in the unit of the message
  std::optional<std::uint64_t> actual = {};       ///< what was sent instead, where known
  std::optional<std::string> detected_type = {};  ///< a media type, with UnsupportedMediaType
};

/// Never to be dropped: clang-tidy checks that every one is used.
template <class T>
using Result = std::expected<T, Error>;

/// `return fail({.code = ..., .message = ...});`
inline std::unexpected<Error> fail(Error error) { return std::unexpected(std::move(error)); }

}  // namespace pixelvault::domain
