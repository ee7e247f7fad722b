// The time limits of a connection, against a real server on a loopback port: a limit under test is
// short, the others keep their defaults, which are longer than any test waits.
#include <gtest/gtest.h>

#include "http/server.hpp"
#include "unit/http/edge_application.hpp"
#include "unit/http/raw_client.hpp"

namespace pixelvault::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using End = RawClient::End;

constexpr milliseconds kShort{200};
/// By then a limit of `kShort` has struck, also under a sanitizer on a busy machine.
constexpr milliseconds kLate{3'500};

class Stopwatch {
 public:
  milliseconds elapsed() const {
    return std::chrono::duration_cast<milliseconds>(steady_clock::now() - start_);
  }

 private:
  steady_clock::time_point start_ = steady_clock::now();
};

class EdgeLimits : public testing::Test {
 protected:
  std::uint16_t serve(Options limits) {
    limits.port = 0;
    server_ = std::make_unique<Server>(std::move(limits));
    server_->start(application_);
    return server_->port();
  }

  void expect_struck(const Stopwatch& watch) {
    EXPECT_GE(watch.elapsed(), kShort);
    EXPECT_LT(watch.elapsed(), kLate);
  }

  /// A client that asks for much and takes nothing loses its connection.
  void expect_dropped(std::string_view request) {
    const auto port = serve({.send_timeout = kShort});
    const auto before = open_descriptors();
    const Stopwatch watch;
    const RawClient client(port, 64 * 1024);
    client.send(request);
    EXPECT_TRUE(eventually([&] { return !application_.seen().completed.empty(); }));
    expect_struck(watch);
    EXPECT_EQ(application_.seen().completed, std::vector{false});
    EXPECT_TRUE(eventually([&] { return open_descriptors() == before + 1; }));
    EXPECT_LT(client.read_to_end().text.size(), EdgeApplication::kLarge);
  }

  EdgeApplication application_;
  std::unique_ptr<Server> server_;
};

TEST_F(EdgeLimits, a_header_that_stops_half_way_is_answered_with_408) {
  const auto port = serve({.header_timeout = kShort});
  const Stopwatch watch;
  const RawClient client(port);
  client.send("GET / HTTP/1.1\r\nHost: edge\r\nX-Half");
  const auto answer = client.read_to_end();
  expect_struck(watch);
  EXPECT_TRUE(answer.text.starts_with("HTTP/1.1 408 ")) << answer.text;
  EXPECT_TRUE(answer.text.contains("\r\nConnection: close\r\n")) << answer.text;
  EXPECT_TRUE(answer.text.ends_with("refused by the application")) << answer.text;
  EXPECT_EQ(answer.end, End::Closed);
  EXPECT_EQ(application_.seen().refusals, std::vector{Refusal::Kind::Timeout});
}

TEST_F(EdgeLimits, a_header_that_trickles_gains_no_time) {
  const auto port = serve({.header_timeout = kShort});
  const Stopwatch watch;
  const RawClient client(port);
  client.send("GET / HTTP/1.1\r\nX-Slow: ");
  while (watch.elapsed() < kLate && !client.readable(milliseconds(20))) client.send("x");
  expect_struck(watch);
  EXPECT_EQ(application_.seen().refusals, std::vector{Refusal::Kind::Timeout});
}

TEST_F(EdgeLimits, a_connection_that_asks_nothing_is_closed_without_an_answer) {
  const auto port = serve({.idle_timeout = kShort});
  const Stopwatch watch;
  const auto answer = RawClient(port).read_to_end();
  expect_struck(watch);
  EXPECT_EQ(answer.text, "");
  EXPECT_EQ(answer.end, End::Closed);
  EXPECT_TRUE(application_.seen().refusals.empty());
}

TEST_F(EdgeLimits, a_connection_that_asks_nothing_more_is_closed_without_an_answer) {
  const auto port = serve({.idle_timeout = kShort});
  const RawClient client(port);
  client.send("GET / HTTP/1.1\r\nHost: edge\r\n\r\n");
  ASSERT_TRUE(client.read_until("hello").text.starts_with("HTTP/1.1 200 "));
  const Stopwatch watch;
  const auto answer = client.read_to_end();
  EXPECT_LT(watch.elapsed(), kLate);
  EXPECT_EQ(answer.text, "");
  EXPECT_EQ(answer.end, End::Closed);
}

TEST_F(EdgeLimits, a_body_that_stops_times_out_and_ends_the_connection) {
  const auto port = serve({.body_timeout = kShort});
  const Stopwatch watch;
  const RawClient client(port);
  client.send("POST /read HTTP/1.1\r\nHost: edge\r\nContent-Length: 10\r\n\r\nhalf");
  const auto answer = client.read_to_end();
  expect_struck(watch);
  EXPECT_TRUE(answer.text.starts_with("HTTP/1.1 400 ")) << answer.text;
  EXPECT_TRUE(answer.text.contains("\r\nConnection: close\r\n")) << answer.text;
  EXPECT_EQ(answer.end, End::Closed);
  const auto bodies = application_.seen().bodies;
  ASSERT_EQ(bodies.size(), 1U);
  EXPECT_EQ(bodies[0], std::unexpected(base::ReadError::TimedOut));
}

TEST_F(EdgeLimits, a_body_gains_time_with_every_portion) {
  const auto port = serve({.body_timeout = milliseconds(600)});
  const RawClient client(port);
  client.send("POST /read HTTP/1.1\r\nHost: edge\r\nContent-Length: 5\r\n\r\n");
  for (int i = 0; i < 5; ++i) {
    EXPECT_FALSE(client.readable(milliseconds(150)));
    client.send("x");
  }
  EXPECT_TRUE(client.read_until("took it all").text.starts_with("HTTP/1.1 200 "));
}

TEST_F(EdgeLimits, a_client_that_never_takes_its_response_is_dropped) {
  expect_dropped("GET /large HTTP/1.1\r\nHost: edge\r\n\r\n");
}

TEST_F(EdgeLimits, a_client_that_never_takes_its_file_is_dropped) {
  expect_dropped("GET /file HTTP/1.1\r\nHost: edge\r\n\r\n");
}

TEST_F(EdgeLimits, a_refused_body_is_drained_for_a_limited_time) {
  const auto port = serve({.drain_timeout = kShort});
  const auto before = open_descriptors();
  const Stopwatch watch;
  const RawClient client(port);
  client.send("POST /refuse HTTP/1.1\r\nHost: edge\r\nContent-Length: 1000\r\n\r\nhalf");
  EXPECT_TRUE(client.read_to_end().text.starts_with("HTTP/1.1 413 "));
  EXPECT_LT(watch.elapsed(), kLate);
  EXPECT_TRUE(eventually([&] { return open_descriptors() == before + 1; }));
  expect_struck(watch);
}

TEST_F(EdgeLimits, a_refused_body_is_drained_up_to_a_size) {
  constexpr std::uint64_t kDrain = 1UL * 1024 * 1024;
  constexpr std::uint64_t kKernelBuffers = 20UL * 1024 * 1024;
  const auto port = serve({.drain_bytes = kDrain});
  const RawClient client(port);
  client.send("POST /refuse HTTP/1.1\r\nHost: edge\r\nContent-Length: 9000000000\r\n\r\n");
  EXPECT_TRUE(client.read_to_end().text.starts_with("HTTP/1.1 413 "));
  const std::string portion(64UL * 1024, 'x');
  std::uint64_t sent = 0;
  while (sent <= kDrain + kKernelBuffers && client.send(portion)) sent += portion.size();
  EXPECT_GE(sent, kDrain);
  EXPECT_LE(sent, kDrain + kKernelBuffers);
}

TEST_F(EdgeLimits, a_client_that_sends_all_before_it_reads_finds_the_refusal) {
  const auto port = serve({});
  const RawClient client(port);
  client.send("POST /refuse HTTP/1.1\r\nHost: edge\r\nContent-Length: 16777216\r\n\r\n");
  EXPECT_TRUE(client.send(std::string(16UL * 1024 * 1024, 'x')));
  const auto answer = client.read_to_end();
  EXPECT_TRUE(answer.text.starts_with("HTTP/1.1 413 ")) << answer.text;
  EXPECT_EQ(answer.end, End::Closed);
}

}  // namespace
}  // namespace pixelvault::http
