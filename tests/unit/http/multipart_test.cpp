#include "http/multipart.hpp"

#include <gtest/gtest.h>

#include "fuzz/multipart_feeding.hpp"

namespace pixelvault::http {
namespace {

using fuzz::Outcome;
using fuzz::Part;

constexpr auto kField = "Content-Disposition: form-data; name=\"a\"\r\n";

Outcome parse(std::string_view body, MultipartParser::Limits limits = {}) {
  return fuzz::parse(body, "b", fuzz::whole(), limits);
}

/// The outcome of one part with these header lines, and the data `x`.
Outcome parse_headers(const std::string& lines) {
  return parse("--b\r\n" + lines + "\r\nx\r\n--b--\r\n");
}

/// The outcome of the field `a` with this data.
Outcome parse_data(const std::string& data) {
  return parse(std::string("--b\r\n") + kField + "\r\n" + data + "\r\n--b--\r\n");
}

Outcome fields(std::vector<Part> parts) { return {.parts = std::move(parts), .ended = true}; }

TEST(MultipartBoundary, is_read_quoted_and_bare) {
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=--x9"), "--x9");
  EXPECT_EQ(multipart_boundary("Multipart/Form-Data;charset=utf-8 ;Boundary=\"a b=?\""), "a b=?");
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=a/b:c=d"), "a/b:c=d");
}

TEST(MultipartBoundary, has_one_to_seventy_characters) {
  const std::string most(70, 'x');
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=" + most), most);
  EXPECT_FALSE(multipart_boundary("multipart/form-data; boundary=x" + most));
  EXPECT_FALSE(multipart_boundary("multipart/form-data; boundary=\"\""));
}

TEST(MultipartBoundary, other_types_and_foreign_characters_give_none) {
  for (const auto* type :
       {"", "multipart/form-data", "multipart/mixed; boundary=b", "application/json; boundary=b",
        "multipart/form-data; boundary", "multipart/form-data; boundary=\"b",
        "multipart/form-data; boundary=b; boundary=c", "multipart/form-data; boundary=\"b \"",
        "multipart/form-data; boundary=\"b\r\n\"", "multipart/form-data; boundary=b*",
        "multipart/form-data; boundary=\xC3\xA9"}) {
    EXPECT_FALSE(multipart_boundary(type)) << type;
  }
}

TEST(MultipartParser, parts_come_in_order_with_names_types_and_data) {
  const std::vector<Part> parts = {
      {.name = "file", .filename = "a.png", .content_type = "image/png", .data = "\x89PNG\r\n"},
      {.name = "folder", .data = "x/y"},
      {.name = "empty", .filename = ""}};
  EXPECT_EQ(parse(fuzz::encode(parts, "b")), fields(parts));
}

TEST(MultipartParser, preamble_epilogue_and_padding_are_ignored) {
  const auto body = std::string("preamble --b\r\n--\r\n--b \t\r\n") + kField +
                    "\r\nx\r\n--b--\r\n--b\r\nepilogue";
  EXPECT_EQ(parse(body), fields({{.name = "a", .data = "x"}}));
  EXPECT_EQ(parse("\r\n--b--"), fields({}));
}

TEST(MultipartParser, a_body_of_no_parts_ends_at_once) { EXPECT_EQ(parse("--b--"), fields({})); }

TEST(MultipartParser, the_blank_line_may_belong_to_the_delimiter_of_an_empty_part) {
  EXPECT_EQ(parse(std::string("--b\r\n") + kField + "\r\n--b--"), fields({{.name = "a"}}));
  EXPECT_EQ(parse_data(""), fields({{.name = "a"}}));
}

TEST(MultipartParser, data_that_resembles_the_delimiter_is_data) {
  for (const auto* data : {"\r", "\n", "\r\n", "\r\n-", "\r\n--", "\r\r\n--", "\r\n--\r\n--",
                           "x--b", "\n--b--", "\r--b\r\n", "\r\n-b", "\r\n--B", "-b", "\r\n\r\n"}) {
    EXPECT_EQ(parse_data(data), fields({{.name = "a", .data = data}})) << data;
  }
}

TEST(MultipartParser, part_data_points_into_the_bytes_that_were_fed) {
  const auto body = fuzz::encode({{.name = "a", .data = std::string(1000, 'x')}}, "b");
  MultipartParser parser("b");
  parser.feed(base::as_bytes(body));
  ASSERT_TRUE(std::holds_alternative<MultipartParser::PartBegin>(parser.next()));
  const auto event = parser.next();
  const auto& bytes = std::get<MultipartParser::PartData>(event).bytes;
  EXPECT_EQ(base::as_text(bytes).data(), body.data() + body.find("xxx"));
  EXPECT_EQ(bytes.size(), 1000U);
}

TEST(MultipartParser, nested_multipart_is_data) {
  const auto* inner = "--c\r\nContent-Disposition: file; filename=x\r\n\r\ny\r\n--c--";
  const std::string lines = std::string(kField) + "Content-Type: multipart/mixed; boundary=c\r\n";
  EXPECT_EQ(parse("--b\r\n" + lines + "\r\n" + inner + "\r\n--b--"),
            fields({{.name = "a", .content_type = "multipart/mixed; boundary=c", .data = inner}}));
}

TEST(MultipartParser, header_names_have_no_case_and_unknown_ones_are_passed_over) {
  const auto outcome = parse_headers(
      "X-Any: 1\r\ncontent-disposition:form-data;name=a\r\nCONTENT-TYPE:\t text/plain \r\n"
      "Content-Transfer-Encoding: binary\r\n");
  EXPECT_EQ(outcome, fields({{.name = "a", .content_type = "text/plain", .data = "x"}}));
}

TEST(MultipartParser, a_part_without_disposition_or_name_is_malformed) {
  EXPECT_EQ(parse_headers("").malformed, "A multipart part has no Content-Disposition header.");
  EXPECT_EQ(parse_headers("Content-Type: text/plain\r\n").malformed,
            "A multipart part has no Content-Disposition header.");
  EXPECT_EQ(parse_headers("Content-Disposition: form-data; filename=x\r\n").malformed,
            "A part's Content-Disposition has no name.");
}

TEST(MultipartParser, the_headers_of_one_part_do_not_serve_the_next) {
  const auto body =
      std::string("--b\r\n") + kField + "Content-Type: t/s\r\n\r\nx\r\n--b\r\n\r\ny\r\n--b--";
  EXPECT_EQ(parse(body).malformed, "A multipart part has no Content-Disposition header.");
  const auto named = std::string("--b\r\n") + kField + "Content-Type: t/s\r\n\r\nx\r\n--b\r\n" +
                     kField + "\r\ny\r\n--b--";
  EXPECT_EQ(parse(named).parts.at(1).content_type, "");
}

TEST(MultipartParser, malformed_header_lines_are_refused) {
  for (const auto& line :
       {std::string("no colon\r\n"), std::string(": x\r\n"), std::string("a b: x\r\n"),
        std::string("X-A : x\r\n"), std::string(" folded: x\r\n"), std::string("X-A: a\rb\r\n"),
        std::string("X-A: a\0b\r\n", 10), std::string("X-A: line feed\n"), std::string(kField),
        std::string("Content-Disposition: attachment; name=a\r\n"),
        std::string("Content-Transfer-Encoding: Base64\r\n"),
        std::string("Content-Transfer-Encoding: quoted-printable\r\n")}) {
    EXPECT_NE(parse_headers(kField + line).malformed, "") << line;
  }
}

TEST(MultipartParser, boundary_lines_must_end_with_crlf_or_two_dashes) {
  const std::string rest = std::string(kField) + "\r\nx\r\n--b--";
  for (const auto* line : {"--b\n", "--b\r", "--b \n", "--bc\r\n", "--b-\r\n", "--b -\r\n",
                           "--b\r\r\n", "--b x\r\n"}) {
    EXPECT_EQ(parse(line + rest).malformed,
              "A multipart boundary must be followed by CRLF or by two dashes.")
        << line;
  }
}

TEST(MultipartParser, line_feeds_alone_make_no_boundary) {
  EXPECT_EQ(parse(std::string("--b\r\n") + kField + "\r\nx\n--b--\n").malformed.substr(0, 51),
            "The multipart body ends before its closing boundary");
  EXPECT_NE(parse("preamble\n--b--").malformed, "");
}

TEST(MultipartParser, every_cut_off_body_ends_before_its_closing_boundary) {
  const auto body = fuzz::encode({{.name = "a", .data = "x"}, {.name = "c", .data = "y"}}, "b");
  for (std::size_t size = 0; size < body.size() - 2; ++size) {
    const auto outcome = parse(body.substr(0, size));
    ASSERT_TRUE(
        outcome.malformed.starts_with("The multipart body ends before its closing boundary"))
        << size;
  }
}

TEST(MultipartParser, headers_are_taken_up_to_their_limit) {
  const auto body = std::string("--b\r\n") + kField + "\r\n\r\n--b--";
  const auto limit = std::string_view(kField).size() + 2;
  EXPECT_TRUE(parse(body, {.header_bytes = limit}).ended);
  EXPECT_EQ(parse(body, {.header_bytes = limit - 1}).malformed,
            "The headers of a multipart part are too long: at most 43 bytes are taken.");
}

TEST(MultipartParser, the_header_limit_is_for_each_part_alone) {
  const auto limit = std::string_view(kField).size() + 2;
  const auto body = fuzz::encode({{.name = "a"}, {.name = "c"}, {.name = "d"}}, "b");
  EXPECT_TRUE(parse(body, {.header_bytes = limit}).ended);
}

TEST(MultipartParser, a_header_line_without_end_is_refused_at_the_limit) {
  MultipartParser parser("b", {.header_bytes = 100});
  parser.feed(base::as_bytes("--b\r\nX: "));
  const std::string piece(50, 'x');
  ASSERT_TRUE(std::holds_alternative<MultipartParser::NeedInput>(parser.next()));
  parser.feed(base::as_bytes(piece));
  ASSERT_TRUE(std::holds_alternative<MultipartParser::NeedInput>(parser.next()));
  parser.feed(base::as_bytes(piece));
  EXPECT_TRUE(std::holds_alternative<MultipartParser::Malformed>(parser.next()));
}

TEST(MultipartParser, parts_are_taken_up_to_their_limit) {
  const auto body = fuzz::encode({{.name = "a"}, {.name = "c"}}, "b");
  EXPECT_TRUE(parse(body, {.parts = 2}).ended);
  EXPECT_EQ(parse(body, {.parts = 1}).malformed,
            "The multipart body has too many parts: at most 1 are taken.");
}

TEST(MultipartParser, end_and_malformed_repeat_for_ever) {
  MultipartParser ended("b");
  ended.feed(base::as_bytes("--b--\r\nmore"));
  MultipartParser malformed("b");
  malformed.feed(base::as_bytes("--bad\r\n--b--"));
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(std::holds_alternative<MultipartParser::End>(ended.next()));
    EXPECT_TRUE(std::holds_alternative<MultipartParser::Malformed>(malformed.next()));
  }
}

}  // namespace
}  // namespace pixelvault::http
