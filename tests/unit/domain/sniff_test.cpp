#include "domain/sniff.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "support/samples.hpp"

namespace pixelvault::domain {
namespace {

using namespace std::string_literals;

const std::string kNs = "xmlns=\"http://www.w3.org/2000/svg\"";

/// The media type, whether the file would be taken ("+") or refused ("-").
std::string kind(const std::string& head) {
  const auto found = sniff(base::as_bytes(head));
  if (const auto* format = std::get_if<Format>(&found))
    return "+" + std::string(media_type(*format));
  return "-" + std::string(std::get<ForeignType>(found).media_type);
}

std::string advice(const std::string& head) {
  const auto found = sniff(base::as_bytes(head));
  const auto* foreign = std::get_if<ForeignType>(&found);
  return foreign == nullptr ? "" : std::string(foreign->advice);
}

std::string ftyp(const std::string& major, const std::string& compatible = "") {
  const auto size = static_cast<char>(16 + compatible.size());
  return "\0\0\0"s + size + "ftyp" + major + "\0\0\0\0"s + compatible;
}

std::string utf16_little(const std::string& text) {
  std::string bytes = "\xFF\xFE";
  for (const char c : text) bytes += c + "\0"s;
  return bytes;
}

TEST(Sniff, every_sample_is_recognised_by_its_head) {
  for (const auto& sample : support::samples()) {
    EXPECT_EQ(kind(support::read_sample(sample.name)), "+" + std::string(media_type(sample.format)))
        << sample.name;
  }
}

TEST(Sniff, only_the_first_bytes_count) {
  const auto drawing = "<?xml version='1.0'?>" + std::string(kSniffBytes, ' ');
  EXPECT_EQ(kind(drawing + "<html>"), "+image/svg+xml");
  EXPECT_EQ(kind(std::string(kSniffBytes, 'a') + "\0"s), "-text/plain");
}

TEST(Sniff, avif_is_told_from_heic_by_its_brands) {
  EXPECT_EQ(kind(ftyp("avif")), "+image/avif");
  EXPECT_EQ(kind(ftyp("avis")), "+image/avif");
  EXPECT_EQ(kind(ftyp("mif1", "heicavif")), "+image/avif");
  EXPECT_EQ(kind(ftyp("msf1", "avis")), "+image/avif");
  EXPECT_EQ(kind(ftyp("miaf", "avif")), "+image/avif");
  EXPECT_EQ(kind(ftyp("mif1", "heic")), "-image/heif");
  EXPECT_EQ(kind(ftyp("mif1", "heic") + "avif"), "-image/heif") << "beyond the box";
  EXPECT_EQ(kind(ftyp("heic", "mif1")), "-image/heic");
  EXPECT_EQ(kind(ftyp("hevc")), "-image/heic-sequence");
  EXPECT_EQ(kind(ftyp("isom", "avif")), "-video/mp4");
  EXPECT_EQ(kind(ftyp("qt  ")), "-video/quicktime");
}

TEST(Sniff, binary_types_are_named) {
  EXPECT_EQ(kind("II*\0etc"s), "-image/tiff");
  EXPECT_EQ(kind("MM\0*etc"s), "-image/tiff");
  EXPECT_EQ(kind("II+\0etc"s), "-image/tiff");
  EXPECT_EQ(kind("BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"s), "-image/bmp");
  EXPECT_EQ(kind("BM\x46\0\0\0\1\0\0\0\x36\0\0\0\x28\0\0\0"s), "-application/octet-stream");
  EXPECT_EQ(kind("BMW builds cars and other things"), "-text/plain");
  EXPECT_EQ(kind("\0\0\1\0\1\0\x10\x10\0\0"s), "-image/x-icon");
  EXPECT_EQ(kind("8BPS\0\1"s), "-image/vnd.adobe.photoshop");
  EXPECT_EQ(kind("\xFF\x0A\x01"s), "-image/jxl");
  EXPECT_EQ(kind("\0\0\0\x0CJXL \r\n\x87\n"s), "-image/jxl");
  EXPECT_EQ(kind("\0\0\0\x0CjP  \r\n\x87\n"s), "-image/jp2");
  EXPECT_EQ(kind("%PDF-1.7"), "-application/pdf");
  EXPECT_EQ(kind("\x1A\x45\xDF\xA3....webm"), "-video/webm");
  EXPECT_EQ(kind("\x1A\x45\xDF\xA3....matroska"), "-video/x-matroska");
  EXPECT_EQ(kind("PK\3\4"), "-application/zip");
  EXPECT_EQ(kind("\x1F\x8B\x08"), "-application/gzip");
  EXPECT_EQ(kind("RIFF....WAVEfmt "), "-audio/wav");
  EXPECT_EQ(kind("RIFF....AVI LIST"), "-video/x-msvideo");
  EXPECT_EQ(kind("\0\1\2\3"s), "-application/octet-stream");
  EXPECT_EQ(kind("\xFF\xD8"), "-application/octet-stream");
  EXPECT_EQ(kind(""), "-application/octet-stream");
}

TEST(Sniff, advice_says_what_to_do) {
  EXPECT_THAT(advice(ftyp("heic")), testing::HasSubstr("Most Compatible"));
  EXPECT_THAT(advice("II*\0"s), testing::HasSubstr("PNG or WebP"));
  EXPECT_THAT(advice("%PDF-1.4"), testing::HasSubstr("PNG or SVG"));
  EXPECT_EQ(advice("\0\1\2\3"s), "");
}

TEST(Sniff, svg_is_found_behind_everything_that_xml_allows_before_it) {
  EXPECT_EQ(kind("<svg " + kNs + ">"), "+image/svg+xml");
  EXPECT_EQ(kind("<svg " + kNs + "/>"), "+image/svg+xml");
  EXPECT_EQ(kind("\xEF\xBB\xBF \n<?xml version='1.0'?><!-- <html> -->\n<!DOCTYPE svg [ <!ENTITY x "
                 "'<html>'> ]><?style?><svg " +
                 kNs + ">"),
            "+image/svg+xml");
  EXPECT_EQ(kind("<x:svg xmlns:x='http://www.w3.org/2000/svg'>"), "+image/svg+xml");
  EXPECT_EQ(kind(utf16_little("<?xml version='1.0'?><svg " + kNs + ">")), "+image/svg+xml");
  EXPECT_EQ(kind("<svg " + kNs + " broken>"), "+image/svg+xml") << "its probe says what is wrong";
}

TEST(Sniff, a_root_that_is_yet_to_come_is_left_to_the_probe) {
  EXPECT_EQ(kind("<?xml version='1.0'?><!-- long"), "+image/svg+xml");
  EXPECT_EQ(kind("<svg width='5'"), "+image/svg+xml");
}

TEST(Sniff, an_svg_without_its_namespace_is_told_so) {
  EXPECT_EQ(kind("<svg width='5'>"), "-application/xml");
  EXPECT_THAT(advice("<svg width='5'>"),
              testing::HasSubstr("xmlns=\"http://www.w3.org/2000/svg\""));
  EXPECT_EQ(kind("<svg xmlns='http://www.w3.org/1999/xhtml'>"), "-application/xml");
  EXPECT_EQ(kind("<x:svg " + kNs + ">"), "-application/xml");
}

TEST(Sniff, web_pages_and_other_documents_are_told_apart) {
  EXPECT_EQ(kind("<!DOCTYPE html><html><body><svg " + kNs + "></svg>"), "-text/html");
  EXPECT_EQ(kind("<!doctype HTML>\n<title>x</title>"), "-text/html");
  EXPECT_EQ(kind("  <HTML lang=en>"), "-text/html");
  EXPECT_EQ(kind("<!-- comment --><html lang='en"), "-text/html");
  EXPECT_EQ(kind("<div class=x><svg " + kNs + ">"), "-text/html");
  EXPECT_EQ(kind("<note><svg " + kNs + "/></note>"), "-application/xml");
  EXPECT_EQ(kind("<?xml version='1.0'?>garbage"), "-application/xml");
  EXPECT_EQ(kind("<3 you"), "-text/plain");
}

TEST(Sniff, text_is_told_from_noise) {
  EXPECT_EQ(kind("Hello, gr\xC3\xBC\xC3\x9F"
                 "e\r\n"),
            "-text/plain");
  EXPECT_EQ(kind("{\"url\": \"x\"}"), "-application/json");
  EXPECT_EQ(kind("cut in a character \xE2\x82"), "-text/plain");
  EXPECT_EQ(kind("latin \xFC text"), "-application/octet-stream");
  EXPECT_EQ(kind("a\0b"s), "-application/octet-stream");
}

}  // namespace
}  // namespace pixelvault::domain
