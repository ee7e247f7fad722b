// How a multipart body is cut into reads must change nothing.
#include <gtest/gtest.h>

#include <array>

#include "fuzz/multipart_feeding.hpp"
#include "support/samples.hpp"

namespace pixelvault::http {
namespace {

using fuzz::Outcome;
using fuzz::Part;

constexpr auto kBoundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW";

struct Form {
  std::string boundary;
  std::string body;
};

/// What browsers, curl and .NET send, and bodies that are wrong in one way each.
std::vector<Form> forms() {
  const std::string part = "Content-Disposition: form-data; name=\"a\"\r\n";
  return {
      {kBoundary, fuzz::encode({{.name = "file",
                                 .filename = "a.png",
                                 .content_type = "image/png",
                                 .data = "\x89PNG\r\n\x1A\n\r\n--\r\n----WebKit\r\n-"},
                                {.name = "folder", .data = "x/y"}},
                               kBoundary)},
      {"b",
       "preamble\r\n--\r\n--b \t\r\n" + part + "\r\n\r\r\n\r\n-\r\n--\r\n--b--epilogue\r\n--b"},
      {"b",
       "\r\n--b\r\nContent-Disposition: form-data; name=f; filename=e.png; "
       "filename*=utf-8''%C3%A9.png\r\nContent-Type: image/png\r\n\r\n\r\n--b\r\n" +
           part + "\r\n--b--\r\n"},
      {"b", "--b\r\n" + part + "\r\nno closing boundary\r\n--"},
      {"b", "--b\r\n" + part + "\r\nx\r\n--bad\r\n--b--"},
      {"b", "--b\r\n" + part + part + "\r\nx\r\n--b--"},
      {"b", "--b\r\n" + part + "bad line\r\n\r\nx\r\n--b--"},
      {"b", "--b\n" + part + "\r\nx\r\n--b--"},
      {"b", "--b\r\n" + part + "X: " + std::string(300, 'x') + "\r\n\r\n--b--"},
  };
}

constexpr MultipartParser::Limits kLimits{.header_bytes = 200};

TEST(MultipartCuts, a_cut_at_every_position_gives_the_same_events) {
  for (const auto& [boundary, body] : forms()) {
    const auto expected = fuzz::parse(body, boundary, fuzz::whole(), kLimits);
    for (std::size_t at = 1; at < body.size(); ++at) {
      ASSERT_EQ(fuzz::parse(body, boundary, fuzz::once_after(at), kLimits), expected)
          << body << "\ncut at " << at;
    }
  }
}

TEST(MultipartCuts, pieces_of_every_size_give_the_same_events) {
  for (const auto& [boundary, body] : forms()) {
    const auto expected = fuzz::parse(body, boundary, fuzz::whole(), kLimits);
    for (std::size_t size = 1; size < body.size(); ++size) {
      ASSERT_EQ(fuzz::parse(body, boundary, fuzz::pieces_of(size), kLimits), expected)
          << body << "\nin pieces of " << size;
    }
  }
}

TEST(MultipartCuts, ten_thousand_random_cuts_give_the_same_events) {
  const auto all = forms();
  std::vector<Outcome> expected;
  expected.reserve(all.size());
  for (const auto& [boundary, body] : all) {
    expected.push_back(fuzz::parse(body, boundary, fuzz::whole(), kLimits));
  }
  for (std::uint32_t seed = 0; seed < 10'000; ++seed) {
    const auto i = seed % all.size();
    const auto cut = fuzz::at_random(seed, 2 + seed % 60);
    ASSERT_EQ(fuzz::parse(all[i].body, all[i].boundary, cut, kLimits), expected[i]) << seed;
  }
}

/// Data of pieces of the delimiter, without a whole one.
std::string near_misses(std::uint32_t seed) {
  constexpr std::array<std::string_view, 8> kPieces = {"\r",     "\n",      "-", "b",
                                                       "\r\n--", "\r\n--c", "x", "\r\n-"};
  std::minstd_rand engine(seed);
  std::string data;
  for (auto left = engine() % 20; left > 0; --left) data += kPieces[engine() % kPieces.size()];
  // The lines before and behind the data take part in delimiters too.
  for (auto at = data.find("--bb"); at != std::string::npos; at = data.find("--bb")) {
    data.replace(at, 4, "--b-");
  }
  return data;
}

TEST(MultipartCuts, data_of_near_misses_comes_back_whatever_the_cuts) {
  for (std::uint32_t seed = 0; seed < 10'000; ++seed) {
    const std::vector<Part> parts = {{.name = "a", .data = near_misses(seed)},
                                     {.name = "c", .filename = "f", .data = near_misses(~seed)}};
    const auto body = fuzz::encode(parts, "bb");
    const auto outcome = fuzz::parse(body, "bb", fuzz::at_random(seed, 1 + seed % 12));
    ASSERT_EQ(outcome, (Outcome{.parts = parts, .ended = true})) << seed;
  }
}

TEST(MultipartCuts, sample_pictures_come_back_in_network_sized_pieces) {
  for (const auto& sample : support::samples()) {
    const std::vector<Part> parts = {{.name = "file",
                                      .filename = std::string(sample.name),
                                      .data = support::read_sample(sample.name)}};
    const auto body = fuzz::encode(parts, kBoundary);
    for (const auto& cut : {fuzz::pieces_of(1), fuzz::pieces_of(1460), fuzz::pieces_of(65'536)}) {
      ASSERT_EQ(fuzz::parse(body, kBoundary, cut), (Outcome{.parts = parts, .ended = true}))
          << sample.name;
    }
  }
}

}  // namespace
}  // namespace pixelvault::http
