// How a real server on a loopback port begins and ends: its port, its descriptors, and what becomes
// of connections when it is stopped.
#include <gtest/gtest.h>

#include "http/server.hpp"
#include "unit/http/edge_application.hpp"
#include "unit/http/raw_client.hpp"

namespace pixelvault::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;
using End = RawClient::End;

constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: edge\r\n\r\n";
constexpr std::string_view kHalfABody =
    "POST /read HTTP/1.1\r\nHost: edge\r\nContent-Length: 8\r\n\r\nhalf";

bool refuses_connections(std::uint16_t port) {
  try {
    const RawClient client(port);
    return false;
  } catch (const std::system_error& error) {
    return error.code() == std::errc::connection_refused;
  }
}

class EdgeLifetime : public testing::Test {
 protected:
  std::uint16_t serve(Options options) {
    options.port = 0;
    // Longer than a client waits, so that a stop that forgets idle connections fails tests; and
    // short enough that it does not stop them.
    options.idle_timeout = RawClient::kPatience + seconds(1);
    server_ = std::make_unique<Server>(std::move(options));
    server_->start(application_);
    return server_->port();
  }

  /// Returns when the handler waits for the rest of the body.
  void begin_upload(const RawClient& client) {
    client.send(kHalfABody);
    ASSERT_TRUE(eventually([&] { return application_.seen().begun == 1; }));
  }

  EdgeApplication application_;
  std::unique_ptr<Server> server_;
};

TEST_F(EdgeLifetime, a_port_that_is_served_cannot_be_had_twice) {
  const auto port = serve({});
  EXPECT_THROW(Server({.port = port}), std::system_error);
}

TEST_F(EdgeLifetime, connections_leave_no_descriptor_behind) {
  const auto port = serve({.threads = 2});
  const auto before = open_descriptors();
  for (int i = 0; i < 200; ++i) {
    const RawClient client(port);
    client.send(kGet);
    ASSERT_TRUE(client.read_until("hello").text.starts_with("HTTP/1.1 200 ")) << i;
  }
  EXPECT_TRUE(eventually([&] { return open_descriptors() == before; }))
      << before << " before, " << open_descriptors() << " after";
}

TEST_F(EdgeLifetime, a_server_leaves_no_descriptor_behind) {
  const auto before = open_descriptors();
  const RawClient client(serve({.threads = 2}));
  client.send(kGet);
  ASSERT_FALSE(client.read_until("hello").text.empty());
  server_.reset();
  EXPECT_EQ(open_descriptors(), before + 1);
}

TEST_F(EdgeLifetime, stop_lets_a_running_request_finish) {
  const auto port = serve({.threads = 2});
  const RawClient client(port);
  begin_upload(client);
  server_->stop();
  EXPECT_TRUE(eventually([&] { return refuses_connections(port); }));
  client.send("half");
  const auto answer = client.read_to_end();
  EXPECT_TRUE(answer.text.starts_with("HTTP/1.1 200 ")) << answer.text;
  EXPECT_TRUE(answer.text.contains("\r\nConnection: close\r\n")) << answer.text;
  EXPECT_TRUE(answer.text.ends_with("took it all")) << answer.text;
  EXPECT_EQ(answer.end, End::Closed);
  EXPECT_EQ(application_.seen().completed, std::vector{true});
}

TEST_F(EdgeLifetime, stop_ends_idle_connections_at_once) {
  const auto port = serve({});
  const RawClient fresh(port);
  const RawClient used(port);
  used.send(kGet);
  ASSERT_TRUE(used.read_until("hello").text.starts_with("HTTP/1.1 200 "));
  server_->stop();
  for (const auto* client : {&fresh, &used}) {
    const auto answer = client->read_to_end();
    EXPECT_EQ(answer.text, "");
    EXPECT_NE(answer.end, End::StillOpen);
  }
  server_->join();
}

TEST_F(EdgeLifetime, a_request_that_does_not_end_is_cut_after_the_grace) {
  constexpr milliseconds kGrace{200};
  const auto port = serve({.body_timeout = seconds(4), .shutdown_grace = kGrace});
  const RawClient client(port);
  begin_upload(client);
  const auto stopped = steady_clock::now();
  server_->stop();
  server_->join();
  const auto took = steady_clock::now() - stopped;
  EXPECT_GE(took, kGrace);
  EXPECT_LT(took, seconds(3));
  const auto seen = application_.seen();
  ASSERT_EQ(seen.bodies.size(), 1U);
  EXPECT_EQ(seen.bodies[0], std::unexpected(base::ReadError::Ended));
  EXPECT_EQ(seen.completed, std::vector{false});
  EXPECT_EQ(client.read_to_end().text, "");
}

TEST_F(EdgeLifetime, a_server_that_never_began_can_be_stopped) {
  Server server({.port = 0});
  EXPECT_NE(server.port(), 0);
  server.stop();
  server.join();  // and not for ever
}

}  // namespace
}  // namespace pixelvault::http
