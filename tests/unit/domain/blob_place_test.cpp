#include "domain/blob_place.hpp"

#include <gtest/gtest.h>

namespace pixelvault::domain {
namespace {

TEST(BlobPlace, comes_back_from_its_text) {
  for (const BlobPlace place :
       {BlobPlace{.segment = 0, .offset = 0}, BlobPlace{.segment = 7, .offset = 5'000'000'000},
        BlobPlace{.segment = ~0U, .offset = ~0ULL}}) {
    EXPECT_EQ(parse_blob_place(to_string(place)), place);
  }
  EXPECT_EQ(to_string(BlobPlace{.segment = 12, .offset = 4096}), "12:4096");
}

TEST(BlobPlace, has_one_spelling) {
  for (const char* text : {"", ":", "1", "1:", ":1", "01:1", "1:01", "+1:1", "1:-1", "1:1 ", " 1:1",
                           "1;1", "1:1:1", "4294967296:0", "0:18446744073709551616", "a:1"}) {
    EXPECT_FALSE(parse_blob_place(text)) << text;
  }
}

}  // namespace
}  // namespace pixelvault::domain
