#include "base/type_id.hpp"

#include <gtest/gtest.h>

#include <unordered_set>

namespace pixelvault::base {
namespace {

using Id = TypeId<"thing">;

Id at(std::int64_t millis, const IdEntropy& entropy = {}) {
  return Id::make(from_unix_millis(millis), entropy);
}

IdEntropy filled(std::uint8_t value) {
  IdEntropy entropy;
  entropy.fill(value);
  return entropy;
}

TEST(TypeId, its_bits_are_a_uuid_of_version_7) {
  const auto bits = at(0x0123456789AB, filled(0xFF)).bits();
  EXPECT_EQ(to_hex(std::as_bytes(std::span(bits))), "0123456789ab7fffbfffffffffffffff");
  const auto empty = at(0x0123456789AB).bits();
  EXPECT_EQ(to_hex(std::as_bytes(std::span(empty))), "0123456789ab70008000000000000000");
}

TEST(TypeId, the_example_of_the_typeid_specification_is_understood) {
  const auto id = TypeId<"prefix">::parse("prefix_01h455vb4pex5vsknk084sn02q");
  ASSERT_TRUE(id.has_value());
  const auto bits = id->bits();
  EXPECT_EQ(to_hex(std::as_bytes(std::span(bits))),
            "01890a5d"
            "ac96774b"
            "bcceb302"
            "099a8057");
  EXPECT_EQ(id->to_string(), "prefix_01h455vb4pex5vsknk084sn02q");
}

TEST(TypeId, the_text_comes_back) {
  const auto id = at(1'795'341'600'123, filled(0x5A));
  EXPECT_EQ(Id::parse(id.to_string()), id);
}

TEST(TypeId, other_prefixes_and_spellings_are_refused) {
  const auto text = at(1, filled(7)).to_string();
  for (const auto& wrong : {std::string(), std::string("thing"), std::string("thing_"),
                            "other" + text.substr(5), text.substr(6), text + "0", " " + text,
                            "THING" + text.substr(5), "thing-" + text.substr(6)}) {
    EXPECT_FALSE(Id::parse(wrong).has_value()) << wrong;
  }
}

TEST(TypeId, ids_sort_by_time_as_bits_and_as_text) {
  const auto older = at(1'000, filled(0xFF));
  const auto newer = at(1'001, filled(0x00));
  EXPECT_LT(older, newer);
  EXPECT_LT(older.to_string(), newer.to_string());
}

TEST(TypeId, ids_of_one_moment_hash_apart) {
  std::unordered_set<std::size_t> hashes;
  for (int i = 0; i < 256; ++i) {
    IdEntropy entropy{};
    entropy[9] = static_cast<std::uint8_t>(i);
    hashes.insert(std::hash<Id>()(at(5, entropy)));
  }
  EXPECT_EQ(hashes.size(), 256U);
}

}  // namespace
}  // namespace pixelvault::base
