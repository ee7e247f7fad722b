// What an upload looks like on the wire, for PixelVault and for each of its peers. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "load/client/picture.hpp"
#include "load/client/s3_signature.hpp"

namespace pixelvault::bench {

enum class Shape {
  Multipart,  ///< POST of a form with one file
  Raw,        ///< POST of the bytes
  Put,        ///< PUT of the bytes to a path of their own
};

struct Target {
  std::string host;  ///< for the Host field, e.g. `127.0.0.1:8080`
  std::string path;  ///< of PUT: what comes before the picture's own name
  Shape shape = Shape::Multipart;
  std::string field = "file";          ///< of the form
  std::vector<std::string> headers{};  ///< more header lines, e.g. `Authorization: Bearer …`
  std::optional<S3Credentials> s3{};   ///< signs a PUT
};

/// A request in three parts, of which the middle one is shared: it lives as long as the picture.
struct Request {
  std::string head;
  std::string_view body;
  std::string_view tail;
};

/// The upload of one picture; `identity` has Picture::kIdentity characters, `time` is for S3.
Request make_request(const Target& target, const Picture& picture, std::string_view identity,
                     std::string_view time);

}  // namespace pixelvault::bench
