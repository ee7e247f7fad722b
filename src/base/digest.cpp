#include "base/digest.hpp"

#include <openssl/evp.h>

#include <stdexcept>

namespace pixelvault::base {

struct Sha256Stream::Context {
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> evp{EVP_MD_CTX_new()};
};

namespace {
void require(int ok) {
  if (ok != 1) throw std::logic_error("OpenSSL refused a SHA-256 operation");
}
}  // namespace

Sha256Stream::Sha256Stream() : context_(std::make_unique<Context>()) {
  require(EVP_DigestInit_ex(context_->evp.get(), EVP_sha256(), nullptr));
}
Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;
Sha256Stream::~Sha256Stream() = default;

void Sha256Stream::update(ByteView bytes) {
  require(EVP_DigestUpdate(context_->evp.get(), bytes.data(), bytes.size()));
}

Sha256 Sha256Stream::finish() {
  Sha256 digest;
  require(EVP_DigestFinal_ex(context_->evp.get(), reinterpret_cast<unsigned char*>(digest.data()),
                             nullptr));
  return digest;
}

Sha256 sha256(ByteView bytes) {
  Sha256Stream stream;
  stream.update(bytes);
  return stream.finish();
}

}  // namespace pixelvault::base
