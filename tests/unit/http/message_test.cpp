#include "http/message.hpp"

#include <gtest/gtest.h>

#include <set>

#include "http/request_id.hpp"
#include "http/response_header.hpp"

namespace pixelvault::http {
namespace {

std::string format_header(const Response& response, Framing framing, bool keep_alive) {
  std::string head;
  const Envelope envelope{.framing = framing, .keep_alive = keep_alive, .request_id = "req_7"};
  append_header(head, response, envelope);
  return head;
}

std::string made_request_id() {
  std::string id = "what stood there before, and is longer than an id of ours could ever be";
  assign_request_id(id);
  return id;
}

TEST(Message, lines_of_one_field_are_joined_whatever_their_case) {
  Request request;
  request.fields = {{"If-None-Match", "\"a\""}, {"Host", "x"}, {"if-none-match", "\"b\""}};
  EXPECT_EQ(request.header("IF-NONE-MATCH"), "\"a\", \"b\"");
  EXPECT_FALSE(request.header("Range").has_value());
}

TEST(Message, a_head_carries_status_fields_length_and_connection) {
  Response response{.status = 404, .body = std::string("gone")};
  response.add("Content-Type", "text/plain");
  const auto head = format_header(response, Framing::Length, true);
  EXPECT_TRUE(head.starts_with("HTTP/1.1 404 Not Found\r\nDate: "));
  EXPECT_NE(head.find("\r\nContent-Type: text/plain\r\n"), std::string::npos);
  EXPECT_NE(head.find("\r\nContent-Length: 4\r\n"), std::string::npos);
  EXPECT_NE(head.find("\r\nX-Request-Id: req_7\r\n"), std::string::npos);
  EXPECT_TRUE(head.ends_with("\r\nConnection: keep-alive\r\n\r\n"));
  EXPECT_TRUE(
      format_header(response, Framing::Length, false).ends_with("\r\nConnection: close\r\n\r\n"));
}

TEST(Message, shared_fields_stand_in_a_head_as_they_are) {
  Response response{.shared_fields = std::make_shared<const std::string>("A: 1\r\nB: 2\r\n")};
  response.add("C", "3");
  const auto head = format_header(response, Framing::Length, true);
  EXPECT_NE(
      head.find("GMT\r\nA: 1\r\nB: 2\r\nC: 3\r\nX-Request-Id: req_7\r\nContent-Length: 0\r\n"),
      std::string::npos)
      << head;
}

TEST(Message, a_304_says_no_length) {
  const auto head = format_header(Response{.status = 304}, Framing::Length, true);
  EXPECT_EQ(head.find("Content-Length"), std::string::npos);
}

TEST(Message, a_body_of_unknown_length_is_framed_as_the_client_can_read_it) {
  const Response known{.body = std::string("text")};
  EXPECT_EQ(framing_of(known, 11), Framing::Length);
  EXPECT_EQ(framing_of(known, 10), Framing::Length);
  const Response unknown{.body = StreamedBody{.source = {}, .length = std::nullopt}};
  EXPECT_EQ(framing_of(unknown, 11), Framing::Chunked);
  EXPECT_EQ(framing_of(unknown, 10), Framing::Close);
}

TEST(Message, a_head_never_names_two_framings) {
  const Response unknown{.body = StreamedBody{.source = {}, .length = std::nullopt}};
  const auto chunked = format_header(unknown, Framing::Chunked, true);
  EXPECT_NE(chunked.find("\r\nTransfer-Encoding: chunked\r\n"), std::string::npos);
  EXPECT_EQ(chunked.find("Content-Length"), std::string::npos);
  const auto closing = format_header(unknown, Framing::Close, false);
  EXPECT_EQ(closing.find("Transfer-Encoding"), std::string::npos);
  EXPECT_EQ(closing.find("Content-Length"), std::string::npos);
}

TEST(RequestId, keeps_only_what_can_stand_in_a_log_and_a_header) {
  EXPECT_TRUE(is_well_formed_request_id("abc-DEF_0.9"));
  EXPECT_TRUE(is_well_formed_request_id(std::string(128, 'a')));
  EXPECT_FALSE(is_well_formed_request_id(""));
  EXPECT_FALSE(is_well_formed_request_id(std::string(129, 'a')));
  EXPECT_FALSE(is_well_formed_request_id("a b"));
  EXPECT_FALSE(is_well_formed_request_id("a\r\nSet-Cookie: x"));
}

TEST(RequestId, made_ones_are_well_formed_and_differ) {
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) ids.insert(made_request_id());
  EXPECT_EQ(ids.size(), 1000U);
  EXPECT_TRUE(is_well_formed_request_id(*ids.begin()));
}

}  // namespace
}  // namespace pixelvault::http
