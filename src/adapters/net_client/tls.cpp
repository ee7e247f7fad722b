#include "adapters/net_client/tls.hpp"

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <stdexcept>

#include "adapters/net_client/failures.hpp"

namespace pixelvault::adapters::net_client {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;

namespace {

/// The setters below fail only without memory.
void must(int result) {
  if (result != 1) throw std::runtime_error("OpenSSL refused a setting");
}

/// An address without the brackets of a URL.
std::string plain(const domain::WebHost& host) {
  return host.text.starts_with('[') ? host.text.substr(1, host.text.size() - 2) : host.text;
}

}  // namespace

ssl::context make_tls_context(const std::optional<std::filesystem::path>& ca_file) {
  ssl::context context(ssl::context::tls_client);
  must(static_cast<int>(SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION)));
  context.set_default_verify_paths();
  context.set_verify_mode(ssl::verify_peer);
  if (!ca_file) return context;
  boost::beast::error_code error;
  context.load_verify_file(ca_file->string(), error);
  if (!error) return context;
  throw std::invalid_argument("no certificates can be read from " + ca_file->string());
}

void expect_host(TlsStream& stream, const domain::WebHost& host) {
  auto name = plain(host);
  auto* const rules = SSL_get0_param(stream.native_handle());
  if (host.ip) {
    must(X509_VERIFY_PARAM_set1_ip_asc(rules, name.c_str()));
    return;
  }
  X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  must(X509_VERIFY_PARAM_set1_host(rules, name.data(), name.size()));
  must(static_cast<int>(SSL_set_tlsext_host_name(stream.native_handle(), name.data())));
}

std::string handshake_reason(TlsStream& stream, const boost::beast::error_code& error) {
  const auto verdict = SSL_get_verify_result(stream.native_handle());
  if (verdict != X509_V_OK) return X509_verify_cert_error_string(verdict);
  return reason(error);
}

}  // namespace pixelvault::adapters::net_client
