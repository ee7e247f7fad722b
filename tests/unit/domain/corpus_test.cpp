// Every input that a fuzzer was given or that once crashed, run through the fuzzer's own function.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "fuzz/domain_bodies.hpp"
#include "fuzz/web_address_body.hpp"

namespace pixelvault::fuzz {
namespace {

void replay(const std::string& corpus, void (*body)(std::string_view)) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(PIXELVAULT_CORPUS "/" + corpus)) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string input(std::istreambuf_iterator<char>(file), {});
    EXPECT_NO_THROW(body(input)) << entry.path();
    ++files;
  }
  EXPECT_GT(files, 0) << "an empty corpus proves nothing";
}

TEST(Corpus, of_sniffing_keeps_its_promises) { replay("sniff", sniff_body); }

TEST(Corpus, of_the_probes_keeps_its_promises) { replay("probe", probe_body); }

TEST(Corpus, of_small_fields_keeps_its_promises) {
  replay("folder_filename_email", folder_filename_email_body);
}

TEST(Corpus, of_urls_keeps_its_promises) { replay("web_address", web_address_body); }

}  // namespace
}  // namespace pixelvault::fuzz
