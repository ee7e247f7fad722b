#include "load/client/answer_reader.hpp"

#include <gtest/gtest.h>

namespace pixelvault::bench {
namespace {

constexpr std::string_view kCreated =
    "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

TEST(AnswerReader, reads_an_answer_that_comes_byte_by_byte) {
  AnswerReader reader;
  for (const char& c : kCreated) {
    EXPECT_FALSE(reader.complete());
    ASSERT_TRUE(reader.take({&c, 1}));
  }
  EXPECT_TRUE(reader.complete());
  EXPECT_EQ(reader.status(), 201);
  EXPECT_FALSE(reader.closes());
}

TEST(AnswerReader, an_answer_without_a_length_has_no_body) {
  AnswerReader reader;
  ASSERT_TRUE(reader.take("HTTP/1.1 204 No Content\r\n\r\n"));
  EXPECT_TRUE(reader.complete());
}

TEST(AnswerReader, a_chunked_body_ends_with_its_last_chunk) {
  AnswerReader reader;
  ASSERT_TRUE(reader.take("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"));
  EXPECT_FALSE(reader.complete());
  ASSERT_TRUE(reader.take("0\r\n\r\n"));
  EXPECT_TRUE(reader.complete());
}

TEST(AnswerReader, names_of_fields_have_any_case) {
  AnswerReader reader;
  ASSERT_TRUE(reader.take("HTTP/1.1 503 X\r\ncontent-LENGTH: 3\r\nCONNECTION: Close\r\n\r\nab"));
  EXPECT_FALSE(reader.complete());
  EXPECT_TRUE(reader.closes());
}

TEST(AnswerReader, refuses_what_is_no_answer) {
  EXPECT_FALSE(AnswerReader().take("SSH-2.0-server\r\n\r\n"));
  EXPECT_FALSE(AnswerReader().take("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"));
}

}  // namespace
}  // namespace pixelvault::bench
