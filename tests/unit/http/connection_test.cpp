#include "http/connection.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <array>
#include <boost/asio/post.hpp>
#include <string>

#include "base/task_group.hpp"

namespace pixelvault::http {
namespace {

namespace asio = boost::asio;

class ConnectionTest : public testing::Test {
 protected:
  ConnectionTest() {
    std::array<int, 2> pair{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair.data()) != 0) {
      throw std::system_error(errno, std::generic_category(), "socketpair");
    }
    peer_.reset(pair[1]);
    connection_.emplace(base::UniqueFd(pair[0]), reactor_, keeper_, options_);
  }

  void send(std::string_view bytes) const {
    ASSERT_EQ(::send(peer_.get(), bytes.data(), bytes.size(), 0), std::ssize(bytes));
  }
  /// Runs a coroutine to its end; the closure is kept until then.
  template <class Work>
  void run(const Work& work) {
    group_.spawn(reactor_.run());
    group_.spawn(finish(work()));
    context_.run();
  }
  /// What one call receives into so many bytes.
  base::task<std::string> receive(std::size_t size) {
    std::string text(size, '\0');
    const auto bytes = co_await connection_->receive(std::as_writable_bytes(std::span(text)));
    if (!bytes) co_return "(gone)";
    text.resize(bytes->size());
    co_return text;
  }

  asio::io_context context_;
  Options options_;
  Reactor reactor_{context_};
  base::DeadlineKeeper keeper_{context_.get_executor()};
  base::TaskGroup group_{context_.get_executor()};
  base::UniqueFd peer_;
  std::optional<Connection> connection_;

 private:
  base::task<void> finish(base::task<void> work) {
    co_await std::move(work);
    reactor_.stop();
  }
};

TEST_F(ConnectionTest, what_comes_in_pieces_is_received_in_pieces_and_then_its_end) {
  // NOLINTNEXTLINE(cppcoreguidelines-avoid-capturing-lambda-coroutines): `run` keeps the closure
  const auto work = [this]() -> base::task<void> {
    send("first");
    EXPECT_EQ(co_await receive(100), "first");
    asio::post(context_, [this] { send("second"); });
    EXPECT_EQ(co_await receive(3), "sec");
    EXPECT_EQ(co_await receive(100), "ond");
    send("last");
    peer_.reset();
    EXPECT_EQ(co_await receive(100), "last") << "it came together with the end";
    EXPECT_EQ(co_await receive(100), "");
    EXPECT_EQ(co_await receive(100), "") << "an end stays one";
  };
  run(work);
}

TEST_F(ConnectionTest, waiting_can_be_given_up) {
  // NOLINTNEXTLINE(cppcoreguidelines-avoid-capturing-lambda-coroutines): `run` keeps the closure
  const auto work = [this]() -> base::task<void> {
    asio::post(context_, [this] { connection_->cancel(); });
    EXPECT_EQ(co_await receive(100), "(gone)");
    send("after all");
    EXPECT_EQ(co_await receive(100), "after all");
    asio::post(context_, [this] { connection_->close(); });
    EXPECT_EQ(co_await receive(100), "(gone)");
    EXPECT_EQ(co_await receive(100), "(gone)");
  };
  run(work);
}

TEST_F(ConnectionTest, giving_up_is_heard_by_who_has_let_others_have_their_turn) {
  // NOLINTNEXTLINE(cppcoreguidelines-avoid-capturing-lambda-coroutines): `run` keeps the closure
  const auto work = [this]() -> base::task<void> {
    int received = 0;
    send(std::string(64, 'x'));
    for (bool cancelled = false; !cancelled; ++received) {
      asio::post(context_, [this] { connection_->cancel(); });
      cancelled = co_await receive(1) == "(gone)";
    }
    EXPECT_LT(received, 64);
  };
  run(work);
}

TEST_F(ConnectionTest, a_peer_that_never_stops_sending_leaves_the_others_their_turn) {
  send(std::string(64UL * 1024, 'x'));
  std::size_t received = 0;
  std::size_t at_their_turn = 0;
  // NOLINTNEXTLINE(cppcoreguidelines-avoid-capturing-lambda-coroutines): `run` keeps the closure
  const auto work = [&]() -> base::task<void> {
    received += (co_await receive(1024)).size();
    asio::post(context_, [&] { at_their_turn = received; });
    while (received < 64UL * 1024) received += (co_await receive(1024)).size();
  };
  run(work);
  EXPECT_GT(at_their_turn, 0U);
  EXPECT_LT(at_their_turn, 16UL * 1024);
}

TEST_F(ConnectionTest, what_the_peer_does_not_take_is_sent_when_it_does) {
  const std::string large(4UL * 1024 * 1024, 'y');
  std::size_t taken = 0;
  const auto drain = [&] {
    std::array<char, 65'536> portion{};
    for (;;) {
      const auto count = ::recv(peer_.get(), portion.data(), portion.size(), 0);
      if (count <= 0) break;
      taken += static_cast<std::size_t>(count);
    }
  };
  // NOLINTNEXTLINE(cppcoreguidelines-avoid-capturing-lambda-coroutines): `run` keeps the closure
  const auto work = [&]() -> base::task<void> {
    std::array<std::string_view, 1> left = {large};
    while (!left[0].empty()) {
      EXPECT_TRUE(connection_->send_now(left, Connection::Flush::Now));
      if (left[0].empty()) break;
      asio::post(context_, drain);
      EXPECT_TRUE(co_await connection_->wait_writable());
    }
  };
  run(work);
  drain();
  EXPECT_EQ(taken, large.size());
}

}  // namespace
}  // namespace pixelvault::http
