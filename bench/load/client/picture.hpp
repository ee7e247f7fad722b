// A JPEG of an exact size that every decoder reads, and that no other picture equals: gray noise,
// and a comment at its beginning that says which one it is. The noise is made once and shared by
// all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pixelvault::bench {

class Picture {
 public:
  /// Characters of an identity.
  static constexpr std::size_t kIdentity = 32;

  /// A picture of `bytes` bytes, between 1 KB and 50 MB; throws std::invalid_argument otherwise.
  explicit Picture(std::size_t bytes);

  /// How the picture begins, with the `kIdentity` characters that make it unique.
  static std::string head(std::string_view identity);
  /// What follows in every picture.
  std::string_view rest() const { return rest_; }
  std::size_t size() const;

 private:
  std::string rest_;
};

}  // namespace pixelvault::bench
