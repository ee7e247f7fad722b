// What a file is, by its bytes alone: extensions and Content-Types of uploads are never asked
// (contract §7). Pure.
#pragma once

#include <cstddef>
#include <string_view>
#include <variant>

#include "base/bytes.hpp"
#include "domain/format.hpp"

namespace pixelvault::domain {

/// How much of a file is looked at; the answer for the first bytes never changes with more of them.
inline constexpr std::size_t kSniffBytes = 4096;

/// A type that is recognised in order to be refused in a helpful way.
struct ForeignType {
  std::string_view media_type;  ///< e.g. `image/heic`, `text/html`, `application/octet-stream`
  std::string_view advice;  ///< what to do, a sentence; empty when there is nothing special to say
};

/// `head` is the first kSniffBytes of the file, or all of it when it is shorter.
/// An XML document whose root element lies beyond the head is taken for SVG; its probe decides.
std::variant<Format, ForeignType> sniff(base::ByteView head);

}  // namespace pixelvault::domain
