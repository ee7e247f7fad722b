// SHA-256, the one hash of the product: of stored bytes, of API keys, in ETags; and the HMAC over
// it. Over OpenSSL, which stays in the source file.
#pragma once

#include <array>
#include <memory>
#include <string_view>

#include "base/bytes.hpp"

namespace pixelvault::base {

using Sha256 = std::array<std::byte, 32>;

/// Hashes a stream of bytes. Not shared between threads.
class Sha256Stream {
 public:
  Sha256Stream();
  Sha256Stream(Sha256Stream&&) noexcept;
  Sha256Stream& operator=(Sha256Stream&&) noexcept;
  Sha256Stream(const Sha256Stream&) = delete;
  Sha256Stream& operator=(const Sha256Stream&) = delete;
  ~Sha256Stream();

  void update(ByteView bytes);
  /// The digest of everything so far; the stream is spent afterwards.
  Sha256 finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

Sha256 sha256(ByteView bytes);

/// RFC 2104 with SHA-256.
Sha256 hmac_sha256(ByteView key, ByteView message);

/// Whether both are the same, in a time that tells nothing but their lengths.
bool equal_in_constant_time(std::string_view left, std::string_view right);

}  // namespace pixelvault::base
