#include "ports/net_client/certificates.hpp"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <stdexcept>

namespace pixelvault::port_suites {
namespace {

constexpr long kDay = 86'400;  // seconds
constexpr const char* kIssuer = "Authority of a test";

void must(bool done) {
  if (!done) throw std::runtime_error("OpenSSL could not make a certificate");
}

template <class Write>
std::string to_pem(Write write) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), &BIO_free);
  must(write(bio.get()) == 1);
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

void extend(X509* certificate, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  auto* const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  must(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1);
  X509_EXTENSION_free(extension);
}

void name(X509_NAME* entry, const std::string& text) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.c_str());
  must(X509_NAME_add_entry_by_txt(entry, "CN", MBSTRING_ASC, bytes, -1, -1, 0) == 1);
}

std::string to_pem(X509* certificate) {
  return to_pem([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate); });
}

}  // namespace

Authority::Authority() : key_(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), &EVP_PKEY_free) {
  const auto own = make(key_.get(), kIssuer, kDay);
  extend(own.get(), NID_basic_constraints, "critical,CA:TRUE");
  must(X509_sign(own.get(), key_.get(), EVP_sha256()) > 0);
  certificate_ = to_pem(own.get());
}

Authority::Certificate Authority::make(EVP_PKEY* subject, const std::string& common_name,
                                       long seconds) const {
  Certificate made(X509_new(), &X509_free);
  must(made && X509_set_version(made.get(), 2) == 1);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), subject == key_.get() ? 1 : 2);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), seconds - kDay);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), seconds);
  must(X509_set_pubkey(made.get(), subject) == 1);
  name(X509_get_subject_name(made.get()), common_name);
  name(X509_get_issuer_name(made.get()), kIssuer);
  return made;
}

Identity Authority::issue(const std::string& alternative_name, long seconds) const {
  const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), &EVP_PKEY_free);
  const auto made = make(key.get(), "server", seconds);
  extend(made.get(), NID_subject_alt_name, alternative_name);
  must(X509_sign(made.get(), key_.get(), EVP_sha256()) > 0);
  return {.certificate = to_pem(made.get()),
          .key = to_pem([&](BIO* bio) {
            return PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
          })};
}

}  // namespace pixelvault::port_suites
