// Inputs that fuzzing found or began with, checked for ever against the property they are inputs
// of.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "fuzz/header_values.hpp"
#include "fuzz/multipart_feeding.hpp"

namespace pixelvault::fuzz {
namespace {

/// Checks every file of a corpus; returns how many there were.
template <class Check>
int replay(const std::string& corpus, Check check) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(PIXELVAULT_CORPUS "/" + corpus)) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string input(std::istreambuf_iterator<char>(file), {});
    EXPECT_EQ(check(input), "") << entry.path();
    ++files;
  }
  return files;
}

TEST(Corpus, multipart_bodies_keep_their_property) {
  EXPECT_GT(replay("multipart", check_multipart), 0);
}

TEST(Corpus, header_values_keep_their_property) {
  EXPECT_GT(replay("range_conditional", check_header_value), 0);
}

}  // namespace
}  // namespace pixelvault::fuzz
