#include "load/client/answer_reader.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace pixelvault::bench {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char c) { return std::tolower(c); });
  return result;
}

/// The value of a field in a header of lower case; empty when the field is absent.
std::string_view field(std::string_view header, std::string_view name) {
  const auto begin = header.find("\r\n" + std::string(name) + ":");
  if (begin == std::string_view::npos) return {};
  auto value = header.substr(begin + 2 + name.size() + 1);
  value = value.substr(0, value.find("\r\n"));
  value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
  return value;
}

bool to_number(std::string_view text, auto& number) {
  return std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc();
}

}  // namespace

bool AnswerReader::take(std::string_view bytes) {
  text_ += bytes;
  return body_begin_ || !text_.contains("\r\n\r\n") || read_header();
}

bool AnswerReader::complete() const {
  if (!body_begin_) return false;
  if (!chunked_) return text_.size() >= *body_begin_ + length_;
  // The last chunk, without trailers: none of the servers that are measured sends any.
  const auto body = std::string_view(text_).substr(*body_begin_);
  return body == "0\r\n\r\n" || body.ends_with("\r\n0\r\n\r\n");
}

bool AnswerReader::read_header() {
  const auto end = text_.find("\r\n\r\n");
  const auto header = lower(std::string_view(text_).substr(0, end));
  if (!header.starts_with("http/1.1 ") || !to_number(header.substr(9, 3), status_)) return false;
  body_begin_ = end + 4;
  chunked_ = field(header, "transfer-encoding") == "chunked";
  closes_ = field(header, "connection") == "close";
  const auto length = field(header, "content-length");
  return length.empty() || to_number(length, length_);
}

}  // namespace pixelvault::bench
