#include "load/client/request.hpp"

#include <fmt/format.h>

namespace pixelvault::bench {
namespace {

constexpr std::string_view kBoundary = "----pixelvault-bench";
constexpr std::string_view kFormEnd = "\r\n------pixelvault-bench--\r\n";

std::string form_begin(const Target& target, std::string_view identity) {
  return fmt::format(
      "--{}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}.jpg\"\r\n"
      "Content-Type: image/jpeg\r\n\r\n",
      kBoundary, target.field, identity);
}

std::string header(const Target& target, std::string_view method, std::string_view path,
                   std::string_view type, std::size_t length) {
  auto text =
      fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n",
                  method, path, target.host, type, length);
  for (const auto& line : target.headers) text += line + "\r\n";
  return text;
}

Request multipart(const Target& target, const Picture& picture, std::string_view identity) {
  const auto begin = form_begin(target, identity);
  const auto type = fmt::format("multipart/form-data; boundary={}", kBoundary);
  const auto length = begin.size() + picture.size() + kFormEnd.size();
  return {.head = header(target, "POST", target.path, type, length) + "\r\n" + begin +
                  Picture::head(identity),
          .body = picture.rest(),
          .tail = kFormEnd};
}

Request bytes_alone(const Target& target, const Picture& picture, std::string_view identity,
                    std::string_view time) {
  const bool put = target.shape == Shape::Put;
  const auto path = put ? fmt::format("{}/{}.jpg", target.path, identity) : target.path;
  auto head = header(target, put ? "PUT" : "POST", path, "image/jpeg", picture.size());
  if (target.s3) head += sign_put(*target.s3, target.host, path, time);
  return {.head = head + "\r\n" + Picture::head(identity), .body = picture.rest(), .tail = {}};
}

}  // namespace

Request make_request(const Target& target, const Picture& picture, std::string_view identity,
                     std::string_view time) {
  if (target.shape == Shape::Multipart) return multipart(target, picture, identity);
  return bytes_alone(target, picture, identity, time);
}

}  // namespace pixelvault::bench
