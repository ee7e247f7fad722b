// One GET and its answer, on a connection of its own. The header is read at once and is small; the
// body is pulled, with two buffers of fixed size. Belongs to one coroutine. Used by this room only.
#pragma once

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/net_client/connection.hpp"
#include "adapters/net_client/slots.hpp"
#include "ports/http_fetcher.hpp"

namespace pixelvault::adapters::net_client {

/// The header that asks for what is at the address.
std::string request_for(const domain::WebAddress& address, std::string_view user_agent,
                        const std::optional<domain::TraceContext>& trace);

class Exchange final : public ports::Download {
 public:
  /// Memory of the buffers, and the most that a header may have, in bytes.
  static constexpr std::size_t kMaxHeaderBytes = 16UL * 1024;
  static constexpr std::size_t kReadBytes = 16UL * 1024;

  Exchange(const boost::asio::any_io_executor& executor, const Deadlines& deadlines,
           Connection::Time end)
      : connection_(executor, deadlines, end), deadlines_(deadlines) {}

  /// Connects to one of the addresses, sends `request` (see `request_for`) and reads the header of
  /// the answer. ImportFailed.
  base::task<domain::Result<void>> ask(const domain::WebAddress& address,
                                       std::span<const domain::IpAddress> resolved,
                                       boost::asio::ssl::context& tls, std::string_view request);

  unsigned status() const { return parser_->get().result_int(); }
  /// The first Location field; empty when there is none.
  std::string_view location() const;
  /// ImportFailed for a body that is compressed: a small one may hide a huge file.
  domain::Result<void> check_coding() const;

  /// The answer becomes a download, which holds the slot as long as it lives.
  void keep(Slot slot) { slot_ = std::move(slot); }

  std::optional<std::uint64_t> length() const override;
  base::task<domain::Result<base::ByteView>> read() override;

 private:
  using Parser = boost::beast::http::response_parser<boost::beast::http::buffer_body>;

  base::task<domain::Result<void>> read_header();
  base::task<domain::Result<void>> parse_header();
  /// Reads more into the buffer; false at the peer's end.
  base::task<domain::Result<bool>> fill();
  /// Feeds the parser what is in the buffer. ImportFailed when it is no HTTP.
  domain::Result<void> parse_body();

  Slot slot_;
  Connection connection_;
  Deadlines deadlines_;
  boost::beast::flat_buffer buffer_;
  std::unique_ptr<Parser> parser_;
  std::vector<std::byte> portion_;
};

}  // namespace pixelvault::adapters::net_client
