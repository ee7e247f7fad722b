#include "http/header_parser.hpp"

#include <gtest/gtest.h>

#include <array>
#include <boost/beast/http/error.hpp>

namespace pixelvault::http {
namespace {

namespace error = boost::beast::http;

constexpr std::uint32_t kMaxHeader = 4096;

struct Parsed {
  explicit Parsed(std::string header) : text(std::move(header)) { parser.parse(text, failure); }

  std::string text;
  std::vector<Field> fields;
  HeaderParser parser{fields, kMaxHeader};
  boost::beast::error_code failure;
};

std::string why(const std::string& header) {
  const Parsed parsed(header);
  EXPECT_FALSE(parsed.failure) << parsed.failure.message();
  const char* const found = parsed.parser.misunderstood();
  return found == nullptr ? "" : found;
}

TEST(HeaderParser, fields_view_the_bytes_that_were_read) {
  const Parsed parsed("GET /a?b HTTP/1.1\r\nHost: x\r\nX-Request-Id:  id-1 \r\n\r\n");
  ASSERT_TRUE(parsed.parser.is_header_done());
  EXPECT_EQ(parsed.parser.method(), Method::Get);
  EXPECT_EQ(parsed.parser.target(), "/a?b");
  EXPECT_EQ(parsed.parser.http_version(), 11U);
  EXPECT_EQ(parsed.parser.request_id(), "id-1");
  ASSERT_EQ(parsed.fields.size(), 2U);
  EXPECT_EQ(parsed.fields[1].value, "id-1");
  EXPECT_EQ(parsed.fields[1].value.data(), &parsed.text[parsed.text.find("id-1")]);
}

TEST(HeaderParser, a_header_may_come_in_any_pieces) {
  const std::string text = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n";
  for (std::size_t cut = 1; cut < text.size(); ++cut) {
    std::vector<Field> fields;
    HeaderParser parser(fields, kMaxHeader);
    boost::beast::error_code failure;
    const auto taken = parser.parse(std::string_view(text).substr(0, cut), failure);
    EXPECT_EQ(failure, error::error::need_more);
    parser.parse(std::string_view(text).substr(taken), failure);
    ASSERT_TRUE(parser.is_header_done()) << cut;
    EXPECT_EQ(parser.content_length().value_or(0), 5U);
    ASSERT_EQ(fields.size(), 2U);
    EXPECT_EQ(fields[0].value, "x");
  }
}

TEST(HeaderParser, folded_lines_are_one_value) {
  const Parsed parsed(
      "GET / HTTP/1.1\r\nHost: x\r\nX-Long: one\r\n two\r\nX-More: a\r\n\tb\r\n\r\n");
  ASSERT_TRUE(parsed.parser.is_header_done());
  EXPECT_EQ(parsed.fields.at(1).value, "one two");
  EXPECT_EQ(parsed.fields.at(2).value, "a b");
}

TEST(HeaderParser, one_host_is_needed_since_1_1) {
  EXPECT_EQ(why("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), "");
  EXPECT_NE(why("GET / HTTP/1.1\r\n\r\n"), "");
  EXPECT_NE(why("GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n"), "");
  EXPECT_EQ(why("GET / HTTP/1.0\r\n\r\n"), "");
}

TEST(HeaderParser, the_only_transfer_encoding_is_chunked) {
  const std::string post = "POST / HTTP/1.1\r\nHost: x\r\n";
  EXPECT_EQ(why(post + "Transfer-Encoding: Chunked\r\n\r\n"), "");
  EXPECT_NE(why(post + "Transfer-Encoding: gzip, chunked\r\n\r\n"), "");
  EXPECT_NE(why(post + "Transfer-Encoding: gzip\r\n\r\n"), "");
  EXPECT_NE(why("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), "");
}

TEST(HeaderParser, a_client_that_waits_for_100_is_known_since_1_1) {
  EXPECT_TRUE(Parsed("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-Continue\r\n\r\n")
                  .parser.expects_continue());
  EXPECT_FALSE(Parsed("POST / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n").parser.expects_continue());
}

TEST(HeaderParser, chunks_go_where_they_are_wanted_and_trailers_nowhere) {
  Parsed parsed("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  std::string body = "6\r\nabcdef\r\n0\r\nX-Trailer: t\r\n\r\n";
  std::array<std::byte, 4> sink{};
  parsed.parser.chunks_into(sink);
  std::string_view left = body;
  while (parsed.parser.sink_left() > 0)
    left.remove_prefix(parsed.parser.parse(left, parsed.failure));
  EXPECT_EQ(base::as_text(sink), "abcd");
  parsed.parser.chunks_into(sink);
  while (!parsed.parser.is_done()) left.remove_prefix(parsed.parser.parse(left, parsed.failure));
  EXPECT_EQ(base::as_text(sink).substr(0, 2), "ef");
  EXPECT_EQ(parsed.fields.size(), 2U);
}

}  // namespace
}  // namespace pixelvault::http
