#include "base/digest.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "base/encoding.hpp"

namespace pixelvault::base {
namespace {

std::string hex_of(const std::string& text) { return to_hex(sha256(as_bytes(text))); }

TEST(Sha256, the_vectors_of_fips_180_4_hold) {
  EXPECT_EQ(hex_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(hex_of(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, a_stream_in_portions_gives_the_digest_of_the_whole) {
  Sha256Stream stream;
  stream.update(as_bytes("a"));
  stream.update({});
  Sha256Stream moved(std::move(stream));
  moved.update(as_bytes("bc"));
  EXPECT_EQ(moved.finish(), sha256(as_bytes("abc")));
}

}  // namespace
}  // namespace pixelvault::base
