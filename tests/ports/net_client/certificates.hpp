// Certificates for servers of tests, signed by an authority that lives as long as the test. PEM.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <memory>
#include <string>

namespace pixelvault::port_suites {

struct Identity {
  std::string certificate;
  std::string key;
};

class Authority {
 public:
  Authority();
  const std::string& certificate() const { return certificate_; }
  /// For `name` as OpenSSL writes it, e.g. `DNS:files.test` or `IP:127.0.0.1`; valid until
  /// `seconds` from now, and from a day before that.
  Identity issue(const std::string& name, long seconds = 3600) const;

 private:
  using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
  using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
  Certificate make(EVP_PKEY* subject, const std::string& common_name, long seconds) const;

  Key key_;
  std::string certificate_;
};

}  // namespace pixelvault::port_suites
