// Whose certificates are believed, and for whom. Used by this room only.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <filesystem>
#include <optional>
#include <string>

#include "domain/web_address.hpp"

namespace pixelvault::adapters::net_client {

using TlsStream = boost::asio::ssl::stream<boost::beast::tcp_stream&>;

/// TLS 1.2 or newer, trusting the system's authorities and those of `ca_file` (PEM). Throws
/// std::invalid_argument when that file cannot be used. Any number of threads may share it.
boost::asio::ssl::context make_tls_context(const std::optional<std::filesystem::path>& ca_file);

/// The peer must prove to be `host` (RFC 9110 §4.3.4), whose name is also sent to it (SNI).
void expect_host(TlsStream& stream, const domain::WebHost& host);

/// Why a handshake failed, as the end of a sentence.
std::string handshake_reason(TlsStream& stream, const boost::beast::error_code& error);

}  // namespace pixelvault::adapters::net_client
