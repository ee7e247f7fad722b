// More than the edge may carry, against a real server on a loopback port: who comes too much is
// told so at once, and what runs goes on.
#include <gtest/gtest.h>

#include "http/server.hpp"
#include "unit/http/edge_application.hpp"
#include "unit/http/raw_client.hpp"

namespace pixelvault::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using End = RawClient::End;

constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: edge\r\n\r\n";
constexpr milliseconds kShort{200};

class EdgeOverload : public testing::Test {
 protected:
  std::uint16_t serve(Options options) {
    options.port = 0;
    server_ = std::make_unique<Server>(std::move(options));
    server_->start(application_);
    return server_->port();
  }

  void expect_served(const RawClient& client) {
    client.send(kGet);
    EXPECT_TRUE(client.read_until("hello").text.starts_with("HTTP/1.1 200 "));
  }

  void expect_open(std::size_t connections) {
    EXPECT_TRUE(eventually([&] { return server_->counters().open_connections == connections; }));
  }

  EdgeApplication application_;
  std::unique_ptr<Server> server_;
};

TEST_F(EdgeOverload, a_connection_too_many_is_told_so_before_it_asks) {
  const auto port = serve({.threads = 2, .max_connections = 2});
  const RawClient first(port);
  const RawClient second(port);
  expect_open(2);
  const auto answer = RawClient(port).read_to_end();
  EXPECT_TRUE(answer.text.starts_with("HTTP/1.1 503 ")) << answer.text;
  EXPECT_TRUE(answer.text.contains("\r\nConnection: close\r\n")) << answer.text;
  EXPECT_TRUE(answer.text.ends_with("refused by the application")) << answer.text;
  EXPECT_EQ(answer.end, End::Closed);
  EXPECT_EQ(application_.seen().refusals, std::vector{Refusal::Kind::Overloaded});
  EXPECT_EQ(server_->counters().refused, 1U);
  expect_served(first);
  expect_served(second);
}

TEST_F(EdgeOverload, a_refused_client_may_send_all_it_has_and_finds_the_answer) {
  const auto port = serve({.max_connections = 1});
  const RawClient first(port);
  expect_open(1);
  const RawClient late(port);
  late.send("POST /read HTTP/1.1\r\nHost: edge\r\nContent-Length: 8388608\r\n\r\n");
  EXPECT_TRUE(late.send(std::string(8UL * 1024 * 1024, 'x')));
  const auto answer = late.read_to_end();
  EXPECT_TRUE(answer.text.starts_with("HTTP/1.1 503 ")) << answer.text;
  EXPECT_EQ(answer.end, End::Closed);
}

TEST_F(EdgeOverload, a_place_that_is_free_again_is_given_again) {
  const auto port = serve({.max_connections = 1});
  for (int i = 0; i < 20; ++i) {
    const RawClient client(port);
    expect_served(client);
    expect_open(1);
    EXPECT_TRUE(RawClient(port).read_to_end().text.starts_with("HTTP/1.1 503 "));
    EXPECT_TRUE(client.finish());
    expect_open(0);
  }
}

TEST_F(EdgeOverload, refusals_have_a_bound_too) {
  const auto port = serve({.max_connections = 1, .max_refusals = 1});
  const RawClient first(port);
  expect_open(1);
  const RawClient refused(port);  // and does not notice
  EXPECT_TRUE(eventually([&] { return server_->counters().refused == 1; }));
  const auto answer = RawClient(port).read_to_end();
  EXPECT_EQ(answer.text, "");
  EXPECT_NE(answer.end, End::StillOpen);
  EXPECT_EQ(server_->counters().dropped, 1U);
  expect_served(first);
}

TEST_F(EdgeOverload, a_refused_client_that_does_not_notice_is_dropped_soon) {
  const auto port = serve({.max_connections = 1, .max_refusals = 1, .refusal_linger = kShort});
  const auto before = open_descriptors();
  const RawClient first(port);
  expect_open(1);
  const RawClient refused(port);
  EXPECT_TRUE(eventually([&] { return server_->counters().refused == 1; }));
  EXPECT_TRUE(eventually([&] { return open_descriptors() == before + 3; }));
  EXPECT_TRUE(RawClient(port).read_to_end().text.starts_with("HTTP/1.1 503 "));
}

TEST_F(EdgeOverload, a_refused_client_does_not_hold_up_a_stop) {
  const auto port = serve({.max_connections = 1, .refusal_linger = seconds(60)});
  const RawClient first(port);
  expect_open(1);
  const RawClient refused(port);
  EXPECT_TRUE(eventually([&] { return server_->counters().refused == 1; }));
  ASSERT_FALSE(refused.read_until("refused by the application").text.empty());
  server_->stop();
  server_->join();
  EXPECT_EQ(refused.read_to_end().end, End::Closed);
}

TEST_F(EdgeOverload, what_one_connection_left_unread_is_never_read_on_another) {
  const auto port = serve({});
  for (int i = 0; i < 10; ++i) {
    const RawClient refused(port);
    refused.send("POST /refuse HTTP/1.1\r\nHost: edge\r\nContent-Length: 8\r\n\r\n{left}");
    EXPECT_TRUE(refused.read_until("too large").text.starts_with("HTTP/1.1 413 "));
    expect_served(RawClient(port));
  }
}

TEST_F(EdgeOverload, a_request_too_many_is_refused_while_another_runs) {
  const auto port = serve({.max_requests = 1});
  const RawClient uploader(port);
  uploader.send("POST /read HTTP/1.1\r\nHost: edge\r\nContent-Length: 8\r\n\r\nhalf");
  ASSERT_TRUE(eventually([&] { return application_.seen().begun == 1; }));
  const RawClient client(port);
  client.send(kGet);
  const auto answer = client.read_until("refused by the application").text;
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 503 ")) << answer;
  EXPECT_TRUE(answer.contains("\r\nConnection: keep-alive\r\n")) << answer;
  EXPECT_EQ(server_->counters().refused_requests, 1U);
  uploader.send("half");
  EXPECT_TRUE(uploader.read_until("took it all").text.starts_with("HTTP/1.1 200 "));
  expect_served(client);
  EXPECT_EQ(server_->counters().running_requests, 0U);
}

TEST_F(EdgeOverload, who_reads_slowly_takes_no_place_among_the_requests) {
  const auto port = serve({.max_requests = 1});
  const RawClient reader(port, 64 * 1024);
  reader.send("GET /file HTTP/1.1\r\nHost: edge\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return application_.seen().begun == 1; }));
  expect_served(RawClient(port));
}

TEST_F(EdgeOverload, a_body_that_trickles_times_out_though_every_byte_is_in_time) {
  const auto port = serve({.min_transfer_rate = 1'000'000, .transfer_grace = kShort});
  const RawClient client(port);
  client.send("POST /read HTTP/1.1\r\nHost: edge\r\nContent-Length: 100000\r\n\r\n");
  for (int i = 0; i < 200 && !client.readable(milliseconds(20)); ++i) client.send("x");
  EXPECT_TRUE(client.read_to_end().text.starts_with("HTTP/1.1 400 "));
  const auto bodies = application_.seen().bodies;
  ASSERT_EQ(bodies.size(), 1U);
  EXPECT_EQ(bodies[0], std::unexpected(base::ReadError::TimedOut));
}

TEST_F(EdgeOverload, a_chunked_body_that_trickles_times_out_too) {
  const auto port = serve({.min_transfer_rate = 1'000'000, .transfer_grace = kShort});
  const RawClient client(port);
  client.send("POST /read HTTP/1.1\r\nHost: edge\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 200 && !client.readable(milliseconds(20)); ++i) client.send("1\r\nx\r\n");
  EXPECT_TRUE(client.read_to_end().text.starts_with("HTTP/1.1 400 "));
}

TEST_F(EdgeOverload, a_response_that_is_taken_too_slowly_is_cut) {
  const auto port = serve({.min_transfer_rate = 100'000'000, .transfer_grace = kShort});
  const RawClient client(port, 4 * 1024);
  client.send("GET /file HTTP/1.1\r\nHost: edge\r\n\r\n");
  std::size_t taken = 0;
  EXPECT_TRUE(eventually([&] {
    taken += client.take(1024);
    return !application_.seen().completed.empty();
  }));
  EXPECT_GT(taken, 0U);
  EXPECT_EQ(application_.seen().completed, std::vector{false});
}

TEST_F(EdgeOverload, a_response_that_is_taken_steadily_outlives_the_time_limits) {
  const auto port =
      serve({.send_timeout = kShort, .min_transfer_rate = 1, .transfer_grace = kShort});
  const RawClient client(port, 64 * 1024);
  client.send("GET /file HTTP/1.1\r\nHost: edge\r\n\r\n");
  for (int i = 0; i < 40; ++i) {
    ASSERT_TRUE(client.readable(RawClient::kPatience));
    client.take(64UL * 1024);
    std::this_thread::sleep_for(milliseconds(20));
  }
  EXPECT_TRUE(application_.seen().completed.empty());
}

}  // namespace
}  // namespace pixelvault::http
