#include "http/read_buffer.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

namespace pixelvault::http {
namespace {

constexpr std::size_t kMaxHeader = 64;

/// As the socket does: no more than there is room for. Gives how much that was.
std::size_t arrive(ReadBuffer& buffer, std::string_view bytes) {
  const auto space = buffer.space();
  const auto count = std::min(space.size(), bytes.size());
  std::memcpy(space.data(), bytes.data(), count);
  buffer.commit(count);
  return count;
}

TEST(ReadBuffer, gives_bytes_in_the_order_of_arrival) {
  ReadBuffer buffer(kMaxHeader);
  EXPECT_TRUE(buffer.empty());
  arrive(buffer, "GET ");
  arrive(buffer, "/");
  EXPECT_EQ(buffer.unread(), "GET /");
  buffer.consume(4);
  EXPECT_EQ(buffer.unread(), "/");
}

TEST(ReadBuffer, what_is_kept_is_never_written_over) {
  ReadBuffer buffer(kMaxHeader);
  buffer.prepare_header();
  const std::string header(kMaxHeader, 'h');
  arrive(buffer, header);
  const auto kept = buffer.unread();
  buffer.keep(kept.size());
  for (int i = 0; i < 100; ++i) {
    const auto count = arrive(buffer, std::string(33, 'b'));
    ASSERT_GT(count, 0U);
    buffer.consume(count - (i % 2));
  }
  EXPECT_EQ(kept, header);
}

TEST(ReadBuffer, a_header_of_the_greatest_size_fits_wherever_it_begins) {
  for (std::size_t before = 0; before < 3 * kMaxHeader; ++before) {
    ReadBuffer buffer(kMaxHeader);
    arrive(buffer, std::string(before, 'x') + "rest");
    const auto rest = buffer.unread().substr(std::min(before, buffer.unread().size()));
    const std::string expected(rest);
    buffer.consume(std::min(before, buffer.unread().size()));
    buffer.release();
    buffer.prepare_header();
    EXPECT_EQ(buffer.unread(), expected);
    const auto* const start = buffer.unread().data();
    while (buffer.unread().size() <= kMaxHeader) ASSERT_GT(arrive(buffer, "h"), 0U);
    EXPECT_TRUE(expected.empty() || buffer.unread().data() == start) << before;
  }
}

TEST(ReadBuffer, what_is_unread_survives_a_release) {
  ReadBuffer buffer(kMaxHeader);
  arrive(buffer, "one two");
  buffer.keep(4);
  buffer.release();
  EXPECT_EQ(buffer.unread(), "two");
}

}  // namespace
}  // namespace pixelvault::http
