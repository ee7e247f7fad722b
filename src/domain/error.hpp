// What can be wrong with a request, as the product says it: a stable code for programs, a sentence
// for people, and the facts that belong to it. Made by domain, services and ports; turned into a
// status and JSON in one place, api/problem.cpp.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <utility>

#include "base/time.hpp"

namespace pixelvault::domain {

enum class ErrorCode {
  InvalidJson,
  InvalidRequest,
  InvalidMultipart,
  NoFile,
  EmptyFile,
  InvalidCursor,
  Unauthorized,
  StorageQuotaExceeded,
  UploadQuotaExceeded,
  BandwidthQuotaExceeded,
  PrivateQuotaExceeded,
  ProjectQuotaExceeded,
  Forbidden,
  InvalidSignature,
  LinkExpired,
  NotFound,
  ImageNotFound,
  ProjectNotFound,
  KeyNotFound,
  ExportNotFound,
  MethodNotAllowed,
  RequestTimeout,
  EmailTaken,
  IdempotencyInProgress,
  ExportInProgress,
  ExportNotReady,
  ImageDeleted,
  ImageExpired,
  ExportExpired,
  PreconditionFailed,
  FileTooLarge,
  RequestTooLarge,
  UnsupportedMediaType,
  RangeNotSatisfiable,
  InvalidImage,
  ImageTooComplex,
  IdempotencyKeyReused,
  ImportFailed,
  RateLimited,
  HeadersTooLarge,
  Internal,
  NotSupported,
  Unavailable,
  InsufficientStorage,
};

struct Error {
  ErrorCode code;
  std::string message;                    ///< one sentence that says what to do
  std::optional<std::string> param = {};  ///< the offending field
  std::optional<std::uint64_t> limit =
      {};  ///< the limit that was passed, in the unit of the message
  std::optional<std::uint64_t> actual = {};       ///< what was sent or used instead, where known
  std::optional<std::string> detected_type = {};  ///< a media type, with UnsupportedMediaType
  std::optional<std::uint32_t> retry_after = {};  ///< seconds after which it may work
  std::optional<base::Timestamp> resets_at = {};  ///< when a used-up quota is fresh again
};

/// Never to be dropped: clang-tidy checks that every one is used.
template <class T>
using Result = std::expected<T, Error>;

/// `return fail({.code = ..., .message = ...});`
inline std::unexpected<Error> fail(Error error) { return std::unexpected(std::move(error)); }

}  // namespace pixelvault::domain
