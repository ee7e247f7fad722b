#include <fcntl.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <string>

#include "base/json_text.hpp"
#include "base/log_fields.hpp"
#include "base/log_sink.hpp"
#include "base/unique_fd.hpp"

namespace pixelvault::base {
namespace {

using namespace std::chrono_literals;

std::string json(std::string_view text) {
  std::string result;
  append_json_text(result, text);
  return result;
}

TEST(JsonText, quotes_and_controls_are_escaped) {
  EXPECT_EQ(json("plain"), "\"plain\"");
  EXPECT_EQ(json("a\"b\\c"), R"("a\"b\\c")");
  EXPECT_EQ(json("a\nb\x7f"), R"("a\u000ab\u007f")");
  EXPECT_EQ(json(std::string_view("\0", 1)), R"("\u0000")");
}

TEST(JsonText, utf8_stays_and_everything_else_is_replaced) {
  for (const auto* text : {"ä", "€", "😀", "\uFFFF"})
    EXPECT_EQ(json(text), '"' + std::string(text) + '"');
  for (const auto* text : {"\x80", "\xC1\xBF", "\xFF", "\xC3"}) {
    EXPECT_EQ(json(text).find_first_of(text), std::string::npos);
    EXPECT_NE(json(text).find("\\ufffd"), std::string::npos);
  }
  // Overlong, a surrogate, above U+10FFFF, cut off: a replacement for every byte.
  for (const auto* text : {"\xE0\x80\x80", "\xED\xA0\x80"}) {
    EXPECT_EQ(json(text), R"("\ufffd\ufffd\ufffd")");
  }
  EXPECT_EQ(json("\xF4\x90\x80\x80"), R"("\ufffd\ufffd\ufffd\ufffd")");
  EXPECT_EQ(json("\xE2\x82x"), R"("\ufffd\ufffdx")");
}

TEST(LogFields, are_members_in_json) {
  LogFields fields(LogFormat::Json);
  fields.add_bare("method", "GET");
  fields.add("bytes", std::uint64_t{7});
  fields.add("path", "/a\"\n");
  EXPECT_EQ(fields.text(), R"("method":"GET","bytes":7,"path":"/a\"\u000a")");
}

TEST(LogFields, are_words_on_one_line_as_text) {
  LogFields fields(LogFormat::Text);
  fields.add_bare("method", "GET");
  fields.add_bare("status", std::uint64_t{200});
  fields.add("bytes", std::uint64_t{7});
  fields.add("path", "/a b\nc\x7f");
  EXPECT_EQ(fields.text(), "GET 200 bytes=7 path=/a?b?c?");
}

/// A sink that writes into a pipe, of which the test has the other end.
class LogSinkTest : public testing::Test {
 protected:
  LogSinkTest() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    read_end_ = UniqueFd(ends[0]);
    write_end_ = UniqueFd(ends[1]);
  }

  std::shared_ptr<LogSink> make(LogSink::Options options) const {
    options.descriptor = write_end_.get();
    auto sink = std::make_shared<LogSink>(options);
    sink->set_pattern("%v");
    return sink;
  }

  /// What is in the pipe; the write end is closed.
  std::string drain() {
    write_end_ = UniqueFd();
    std::string text;
    std::array<char, 4096> portion{};
    for (;;) {
      const auto count = ::read(read_end_.get(), portion.data(), portion.size());
      if (count <= 0) return text;
      text.append(portion.data(), static_cast<std::size_t>(count));
    }
  }

  UniqueFd read_end_;
  UniqueFd write_end_;
};

TEST_F(LogSinkTest, lines_arrive_whole_and_in_order) {
  std::string expected;
  {
    spdlog::logger log("test", make({}));
    for (int i = 0; i < 500; ++i) {
      log.info("line {}", i);
      expected += "line " + std::to_string(i) + "\n";
    }
  }
  EXPECT_EQ(drain(), expected);
}

TEST_F(LogSinkTest, a_flush_returns_when_the_lines_are_written) {
  // Gathers for longer than the test may take: only the flush can have brought the line.
  const auto sink = make({.gather = 24h});
  spdlog::logger log("test", sink);
  log.info("hello");
  log.flush();
  std::array<char, 16> text{};
  ASSERT_EQ(::fcntl(read_end_.get(), F_SETFL, O_NONBLOCK), 0);
  EXPECT_EQ(::read(read_end_.get(), text.data(), text.size()), 6);
}

TEST_F(LogSinkTest, a_warning_does_not_wait_for_others) {
  spdlog::logger log("test", make({.gather = 24h}));
  log.warn("now");
  std::array<char, 16> text{};
  EXPECT_EQ(::read(read_end_.get(), text.data(), text.size()), 4);  // waits as long as it takes
}

TEST_F(LogSinkTest, nobody_who_reads_blocks_nobody_who_logs) {
  const std::string line(999, 'x');
  constexpr int kLines = 2000;  // far more than pipe and buffer hold
  {
    spdlog::logger log("test", make({.buffer = 100'000, .last_chance = 1ms}));
    for (int i = 0; i < kLines; ++i) log.info(line);
    EXPECT_NE(metrics_text().find("\npixelvault_log_dropped_total "), std::string::npos);
    EXPECT_EQ(metrics_text().find("\npixelvault_log_dropped_total 0\n"), std::string::npos);
  }
  EXPECT_LT(drain().size(), kLines * 1000U);
}

TEST_F(LogSinkTest, what_was_dropped_is_told_of_when_there_is_room_again) {
  {
    spdlog::logger log("test", make({.buffer = 100, .gather = 24h}));
    log.info(std::string(90, 'x'));
    log.info("does not fit");
    log.info("nor does this");
    log.flush();
    log.info("again");
  }
  const auto text = drain();
  EXPECT_NE(text.find("the log dropped 2 lines"), std::string::npos) << text;
  EXPECT_TRUE(text.ends_with("again\n")) << text;
}

}  // namespace
}  // namespace pixelvault::base
