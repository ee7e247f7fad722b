#include "base/unique_fd.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <utility>

namespace pixelvault::base {
namespace {

bool is_open(int fd) { return ::fcntl(fd, F_GETFD) != -1; }

class UniqueFdTest : public testing::Test {
 protected:
  void SetUp() override {
    int ends[2] = {-1, -1};
    EXPECT_EQ(::pipe(ends), 0);
    first_ = ends[0];
    second_ = ends[1];
  }
  void TearDown() override {
    if (is_open(first_)) ::close(first_);
    if (is_open(second_)) ::close(second_);
  }
  int first_ = -1;
  int second_ = -1;
};

TEST_F(UniqueFdTest, an_empty_one_holds_nothing) {
  const UniqueFd fd;
  EXPECT_FALSE(fd);
  EXPECT_EQ(fd.get(), -1);
}

TEST_F(UniqueFdTest, it_closes_at_the_end) {
  {
    const UniqueFd fd(first_);
    EXPECT_TRUE(fd);
    EXPECT_EQ(fd.get(), first_);
    EXPECT_TRUE(is_open(first_));
  }
  EXPECT_FALSE(is_open(first_));
}

TEST_F(UniqueFdTest, moving_hands_the_descriptor_over) {
  UniqueFd to;
  {
    UniqueFd from(first_);
    to = UniqueFd(std::move(from));
  }
  EXPECT_TRUE(is_open(first_));
  EXPECT_EQ(to.get(), first_);
}

TEST_F(UniqueFdTest, assigning_closes_what_was_held) {
  UniqueFd fd(first_);
  fd = UniqueFd(second_);
  EXPECT_FALSE(is_open(first_));
  EXPECT_TRUE(is_open(second_));
}

TEST_F(UniqueFdTest, a_region_keeps_its_file_open_until_its_last_copy_goes) {
  auto region =
      FileRegion{.file = std::make_shared<const UniqueFd>(first_), .offset = 1, .length = 2};
  auto copy = region;
  region = {};
  EXPECT_TRUE(is_open(first_));
  copy = {};
  EXPECT_FALSE(is_open(first_));
}

}  // namespace
}  // namespace pixelvault::base
