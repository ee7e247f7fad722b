// Bodies whose length nobody knows beforehand, as a real server on a loopback port sends them:
// chunks (RFC 9112 §7.1), and to HTTP/1.0 clients until the connection closes.
#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "http/server.hpp"
#include "unit/http/edge_application.hpp"
#include "unit/http/raw_client.hpp"

namespace pixelvault::http {
namespace {

using End = RawClient::End;

constexpr std::string_view kLastChunk = "0\r\n\r\n";

class ScriptedSource final : public base::ByteSource {
 public:
  enum class End { Whole, Fails, Throws };

  ScriptedSource(std::deque<std::string> pieces, End end) : pieces_(std::move(pieces)), end_(end) {}

  base::task<base::ReadResult> read() override {
    if (pieces_.empty() && end_ == End::Fails) co_return std::unexpected(base::ReadError::Ended);
    if (pieces_.empty() && end_ == End::Throws) throw std::runtime_error("the disk is gone");
    piece_.clear();
    if (!pieces_.empty()) {
      piece_ = std::move(pieces_.front());
      pieces_.pop_front();
    }
    co_return base::as_bytes(piece_);
  }

 private:
  std::deque<std::string> pieces_;
  const End end_;
  std::string piece_;
};

/// Answers with a body of pieces, and remembers what it is told of them.
class ChunkedApplication final : public Application {
 public:
  std::atomic<int> sent_calls = 0;
  std::atomic<std::uint64_t> sent_bytes = 0;
  std::atomic<int> whole = 0;
  std::atomic<int> cut = 0;

  base::task<Response> handle(Request& request) override {
    std::deque<std::string> pieces{"first ", std::string(16, 'x'), "last"};
    if (request.target.path == "/empty") pieces.clear();
    if (request.target.path == "/large") pieces.assign(64, std::string(100'000, 'y'));
    auto end = ScriptedSource::End::Whole;
    if (request.target.path == "/fails") end = ScriptedSource::End::Fails;
    if (request.target.path == "/throws") end = ScriptedSource::End::Throws;
    auto source = std::make_unique<ScriptedSource>(std::move(pieces), end);
    Response response{.body = StreamedBody{.source = std::move(source), .length = std::nullopt}};
    response.on_sent = [this](std::uint64_t bytes) {
      ++sent_calls;
      sent_bytes = bytes;
    };
    co_return response;
  }

  Response refuse(const Refusal&) override { return {.status = 400}; }

  void completed(const Exchange& exchange) override { ++(exchange.complete ? whole : cut); }
};

class EdgeChunked : public testing::Test {
 protected:
  EdgeChunked() : server_({.port = 0, .threads = 1}) { server_.start(application_); }

  RawClient ask(const std::string& line, const std::string& fields = "Host: edge\r\n") {
    RawClient client(server_.port());
    client.send(line + "\r\n" + fields + "\r\n");
    return client;
  }

  static std::string body_of(const std::string& answer) {
    return answer.substr(answer.find("\r\n\r\n") + 4);
  }

  ChunkedApplication application_;
  Server server_;
};

TEST_F(EdgeChunked, pieces_are_sent_as_chunks_and_the_end_is_told) {
  const auto answer = ask("GET / HTTP/1.1").read_until(kLastChunk);
  EXPECT_TRUE(answer.text.starts_with("HTTP/1.1 200 OK\r\n")) << answer.text;
  EXPECT_TRUE(answer.text.contains("\r\nTransfer-Encoding: chunked\r\n")) << answer.text;
  EXPECT_FALSE(answer.text.contains("Content-Length")) << answer.text;
  EXPECT_EQ(body_of(answer.text),
            "6\r\nfirst \r\n10\r\nxxxxxxxxxxxxxxxx\r\n4\r\nlast\r\n0\r\n\r\n");
  EXPECT_EQ(answer.end, End::StillOpen);
}

TEST_F(EdgeChunked, an_empty_body_is_only_the_last_chunk) {
  const auto answer = ask("GET /empty HTTP/1.1").read_until(kLastChunk);
  EXPECT_EQ(body_of(answer.text), kLastChunk);
}

TEST_F(EdgeChunked, the_connection_goes_on_after_a_chunked_answer) {
  const auto client = ask("GET / HTTP/1.1");
  ASSERT_EQ(client.read_until(kLastChunk).end, End::StillOpen);
  client.send("GET /empty HTTP/1.1\r\nHost: edge\r\n\r\n");
  EXPECT_EQ(body_of(client.read_until(kLastChunk).text), kLastChunk);
}

TEST_F(EdgeChunked, a_client_that_asks_for_it_gets_the_end_of_the_connection_too) {
  const auto client = ask("GET / HTTP/1.1", "Host: edge\r\nConnection: close\r\n");
  const auto answer = client.read_to_end();
  EXPECT_TRUE(answer.text.ends_with(kLastChunk)) << answer.text;
  EXPECT_EQ(answer.end, End::Closed);
}

TEST_F(EdgeChunked, an_old_client_reads_until_the_connection_closes) {
  // It asks to keep the connection, which cannot be: its end is the only end that the body has.
  const auto client = ask("GET / HTTP/1.0", "Connection: keep-alive\r\n");
  const auto answer = client.read_to_end();
  EXPECT_FALSE(answer.text.contains("Transfer-Encoding")) << answer.text;
  EXPECT_FALSE(answer.text.contains("Content-Length")) << answer.text;
  EXPECT_TRUE(answer.text.contains("\r\nConnection: close\r\n")) << answer.text;
  EXPECT_EQ(body_of(answer.text), "first xxxxxxxxxxxxxxxxlast");
  EXPECT_EQ(answer.end, End::Closed);
}

TEST_F(EdgeChunked, a_source_that_fails_cuts_the_body_before_its_last_chunk) {
  const auto answer = ask("GET /fails HTTP/1.1").read_to_end();
  EXPECT_TRUE(answer.text.ends_with("4\r\nlast\r\n")) << answer.text;
  EXPECT_NE(answer.end, End::StillOpen);
  EXPECT_TRUE(eventually([&] { return application_.cut == 1; }));
  EXPECT_EQ(application_.whole, 0);
}

TEST_F(EdgeChunked, a_source_that_throws_cuts_the_body_and_the_log_has_it) {
  const auto answer = ask("GET /throws HTTP/1.1").read_to_end();
  EXPECT_TRUE(answer.text.ends_with("4\r\nlast\r\n")) << answer.text;
  EXPECT_NE(answer.end, End::StillOpen);
  EXPECT_TRUE(eventually([&] { return application_.cut == 1; }));
  EXPECT_EQ(application_.whole, 0);
  EXPECT_EQ(application_.sent_calls, 1);
  EXPECT_EQ(application_.sent_bytes, 26U);
}

TEST_F(EdgeChunked, an_old_client_cannot_be_told_more_than_the_end_but_the_log_can) {
  const auto answer = ask("GET /fails HTTP/1.0", "").read_to_end();
  EXPECT_EQ(body_of(answer.text), "first xxxxxxxxxxxxxxxxlast");
  EXPECT_TRUE(eventually([&] { return application_.cut == 1; }));
}

TEST_F(EdgeChunked, head_has_the_header_without_a_body_and_goes_on) {
  const auto client = ask("HEAD / HTTP/1.1");
  const auto answer = client.read_until("\r\n\r\n");
  EXPECT_TRUE(answer.text.contains("\r\nTransfer-Encoding: chunked\r\n")) << answer.text;
  // Had a body followed, it would stand before the second answer.
  client.send("GET /empty HTTP/1.1\r\nHost: edge\r\n\r\n");
  EXPECT_TRUE(client.read_until(kLastChunk).text.starts_with("HTTP/1.1 200 "));
}

TEST_F(EdgeChunked, on_sent_is_told_once_the_bytes_of_the_body_without_their_framing) {
  ask("GET / HTTP/1.1").read_until(kLastChunk);
  ASSERT_TRUE(eventually([&] { return application_.sent_calls == 1; }));
  EXPECT_EQ(application_.sent_bytes, 26U);
}

TEST_F(EdgeChunked, on_sent_of_a_cut_body_is_told_what_went_out) {
  ask("GET /fails HTTP/1.1").read_to_end();
  ASSERT_TRUE(eventually([&] { return application_.sent_calls == 1; }));
  EXPECT_EQ(application_.sent_bytes, 26U);
}

TEST_F(EdgeChunked, on_sent_of_head_is_told_nothing_went_out) {
  ask("HEAD / HTTP/1.1").read_until("\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return application_.sent_calls == 1; }));
  EXPECT_EQ(application_.sent_bytes, 0U);
}

TEST_F(EdgeChunked, a_body_larger_than_every_buffer_arrives_whole) {
  const auto text = body_of(ask("GET /large HTTP/1.1").read_until(kLastChunk).text);
  const std::string chunk = "186a0\r\n" + std::string(100'000, 'y') + "\r\n";
  ASSERT_EQ(text.size(), 64 * chunk.size() + kLastChunk.size());
  for (std::size_t i = 0; i < 64; ++i) {
    ASSERT_EQ(text.compare(i * chunk.size(), chunk.size(), chunk), 0) << i;
  }
}

TEST_F(EdgeChunked, a_client_that_goes_away_is_a_cut_answer) {
  {
    const auto client = ask("GET /large HTTP/1.1");
  }
  EXPECT_TRUE(eventually([&] { return application_.sent_calls == 1; }));
  EXPECT_TRUE(eventually([&] { return application_.cut == 1; }));
}

}  // namespace
}  // namespace pixelvault::http
