#include "adapters/segments/crc32c.hpp"

#include <gtest/gtest.h>

#include "ports/segments/segment_fixture.hpp"

namespace pixelvault::port_suites {

using adapters::segments::crc32c;
using adapters::segments::crc32c_in_software;

// The vectors of RFC 3720 §B.4, and the check value of the algorithm.
TEST(Crc32c, known_texts_have_the_published_checksums) {
  for (const auto compute : {crc32c, crc32c_in_software}) {
    EXPECT_EQ(compute(base::as_bytes("123456789"), 0), 0xE3069283U);
    EXPECT_EQ(compute(base::as_bytes(std::string(32, '\0')), 0), 0x8A9136AAU);
    EXPECT_EQ(compute(base::as_bytes(std::string(32, '\xFF')), 0), 0x62A8AB43U);
    EXPECT_EQ(compute(base::ByteView{}, 0), 0U);
  }
}

TEST(Crc32c, the_instruction_and_the_tables_agree_at_every_length_and_alignment) {
  const std::string bytes = picture(64);
  for (std::size_t start = 0; start < 16; ++start) {
    for (std::size_t length = 0; start + length <= bytes.size(); ++length) {
      const auto part = base::as_bytes(std::string_view(bytes).substr(start, length));
      EXPECT_EQ(crc32c(part), crc32c_in_software(part)) << start << " " << length;
    }
  }
}

TEST(Crc32c, pieces_make_the_checksum_of_the_whole) {
  const std::string bytes = picture(1000);
  const auto whole = base::as_bytes(bytes);
  for (std::size_t cut = 0; cut <= bytes.size(); cut += 37) {
    EXPECT_EQ(crc32c(whole.subspan(cut), crc32c(whole.first(cut))), crc32c(whole)) << cut;
  }
}

}  // namespace pixelvault::port_suites
