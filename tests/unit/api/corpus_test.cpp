// Every input that the fuzzer of JSON batches was given or that once crashed it, checked against
// the fuzzer's own property.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "fuzz/json_batch_feeding.hpp"

namespace pixelvault::fuzz {
namespace {

TEST(Corpus, json_batches_keep_their_property) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(PIXELVAULT_CORPUS "/json_batch")) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string input(std::istreambuf_iterator<char>(file), {});
    EXPECT_EQ(check_json_batch(input), "") << entry.path();
    ++files;
  }
  EXPECT_GT(files, 0) << "an empty corpus proves nothing";
}

}  // namespace
}  // namespace pixelvault::fuzz
