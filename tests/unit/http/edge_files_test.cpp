// Files as bodies of responses, from a real server on a loopback port: every size, copied or sent
// by the kernel, from the page cache or not, arrives byte by byte.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <charconv>

#include "http/file_reads.hpp"
#include "http/server.hpp"
#include "support/temporary_directory.hpp"
#include "unit/http/edge_application.hpp"
#include "unit/http/raw_client.hpp"

namespace pixelvault::http {
namespace {

using End = RawClient::End;

constexpr std::uint64_t kFileSize = 3UL * 1024 * 1024;

/// Bytes that are different at every place that could be confused with another.
std::string pattern(std::uint64_t size) {
  std::string text(size, '\0');
  for (std::uint64_t i = 0; i < size; ++i) {
    text[i] = static_cast<char>((i * 2'654'435'761U) >> 13);
  }
  return text;
}

/// `GET /OFFSET/LENGTH` of one file.
class FileApplication final : public Application {
 public:
  explicit FileApplication(std::shared_ptr<const base::UniqueFd> file) : file_(std::move(file)) {}

  base::task<Response> handle(Request& request) override {
    const std::string& path = request.target.path;
    base::FileRegion region{.file = file_};
    const auto* const end = path.data() + path.size();
    const auto middle = std::from_chars(path.data() + 1, end, region.offset);
    std::from_chars(middle.ptr + 1, end, region.length);
    Response response{.body = StreamedBody{.source = region, .length = region.length}};
    response.on_sent = [this](std::uint64_t bytes) { told_sent = bytes; };
    co_return response;
  }
  Response refuse(const Refusal&) override { return {.status = 400}; }
  void completed(const Exchange& exchange) override {
    whole = exchange.complete;
    ++exchanges;
  }

  std::atomic<std::uint64_t> told_sent = 0;
  std::atomic<bool> whole = false;
  std::atomic<int> exchanges = 0;

 private:
  std::shared_ptr<const base::UniqueFd> file_;
};

class EdgeFiles : public testing::Test {
 protected:
  EdgeFiles() : content_(pattern(kFileSize)) {
    const auto path = folder_.path() / "file";
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    file_ = std::make_shared<base::UniqueFd>(fd);
    if (::write(fd, content_.data(), content_.size()) != ssize_t(content_.size()))
      throw std::runtime_error("cannot write");
    application_ = std::make_unique<FileApplication>(file_);
    server_ = std::make_unique<Server>(Options{.port = 0});
    server_->start(*application_);
  }

  /// Forgets the pages; false where the system keeps them all the same.
  bool make_cold() {
    ::fsync(file_->get());
    ::posix_fadvise(file_->get(), 0, 0, POSIX_FADV_DONTNEED);
    return !FileReads::is_cached({.file = file_, .offset = 0, .length = kFileSize});
  }

  static std::string get(std::uint64_t offset, std::uint64_t length, const char* method = "GET") {
    return std::string(method) + " /" + std::to_string(offset) + "/" + std::to_string(length) +
           " HTTP/1.1\r\nHost: edge\r\n\r\n";
  }

  /// Asks on a connection of its own, and compares.
  void expect_served(std::uint64_t offset, std::uint64_t length) {
    const RawClient client(server_->port());
    client.send(get(offset, length));
    client.finish_sending();
    const auto expected = content_.substr(offset, length);
    const auto answer = client.read_to_end().text;
    const auto body = answer.substr(answer.find("\r\n\r\n") + 4);
    EXPECT_TRUE(body == expected) << offset << " " << length << " " << body.size();
    EXPECT_TRUE(eventually([&] { return application_->exchanges == seen_ + 1; }));
    ++seen_;
    EXPECT_EQ(application_->told_sent, length);
    EXPECT_TRUE(application_->whole);
  }

  support::TemporaryDirectory folder_;
  const std::string content_;
  std::shared_ptr<const base::UniqueFd> file_;
  std::unique_ptr<FileApplication> application_;
  std::unique_ptr<Server> server_;
  int seen_ = 0;
};

TEST_F(EdgeFiles, every_size_arrives_byte_by_byte) {
  for (const std::uint64_t length :
       {1UL, 4095UL, 4096UL, 16383UL, 16384UL, 16385UL, 30'000UL, 512UL * 1024, 1024UL * 1024,
        1024UL * 1024 + 1, 2UL * 1024 * 1024, kFileSize}) {
    expect_served(0, length);
  }
}

TEST_F(EdgeFiles, a_part_arrives_from_where_it_begins) {
  expect_served(1, 100);
  expect_served(4097, 20'000);
  expect_served(1'000'001, 1'500'000);
  expect_served(kFileSize - 1, 1);
}

TEST_F(EdgeFiles, what_is_not_in_the_page_cache_arrives_too) {
  if (!make_cold()) GTEST_SKIP() << "this file system keeps its pages";
  expect_served(0, 100);
  EXPECT_GE(server_->counters().cold_reads, 1U);
  ASSERT_TRUE(make_cold());
  expect_served(0, kFileSize);
  EXPECT_GE(server_->counters().cold_reads, 2U);
}

TEST_F(EdgeFiles, a_head_has_the_length_and_no_body) {
  const RawClient client(server_->port());
  client.send(get(0, 20'000, "HEAD") + get(0, 5));
  const auto answers = client.read_until(content_.substr(0, 5)).text;
  EXPECT_TRUE(answers.contains("\r\nContent-Length: 20000\r\n")) << answers.substr(0, 300);
  EXPECT_LT(answers.size(), 1000U);
}

TEST_F(EdgeFiles, a_file_that_is_too_short_ends_the_connection) {
  for (const std::uint64_t length : {1000UL, 600UL * 1024}) {
    const RawClient client(server_->port());
    client.send(get(kFileSize - 10, length));
    const auto answer = client.read_to_end();
    EXPECT_EQ(answer.end, End::Closed);
    EXPECT_TRUE(answer.text.ends_with(content_.substr(kFileSize - 10)));
    EXPECT_TRUE(eventually([&] { return application_->exchanges > seen_; }));
    EXPECT_FALSE(application_->whole);
    ++seen_;
  }
}

TEST_F(EdgeFiles, pipelined_requests_are_answered_one_after_the_other) {
  std::string requests;
  std::string expected;
  for (std::uint64_t i = 0; i < 500; ++i) {
    requests += get(i * 100, i * 40 + 1);
    expected += content_.substr(i * 100, i * 40 + 1);
  }
  const RawClient client(server_->port());
  ASSERT_TRUE(client.send(requests));
  client.finish_sending();
  const auto answers = client.read_to_end().text;
  std::string bodies;
  for (std::size_t at = 0; at < answers.size();) {
    const auto field = answers.find("Content-Length: ", at);
    ASSERT_NE(field, std::string::npos);
    const auto length = std::stoul(answers.substr(field + 16, 10));
    const auto body = answers.find("\r\n\r\n", field) + 4;
    bodies += answers.substr(body, length);
    at = body + length;
  }
  EXPECT_TRUE(bodies == expected);
}

}  // namespace
}  // namespace pixelvault::http
