#include "domain/foreign_types.hpp"

#include <algorithm>
#include <array>

#include "domain/probe/byte_cursor.hpp"
#include "domain/probe/iso_boxes.hpp"

namespace pixelvault::domain {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kToPngOrWebp = "Convert the picture to PNG or WebP and upload that.";
constexpr std::string_view kToJpegOrPng = "Convert the picture to JPEG or PNG and upload that.";
constexpr std::string_view kHeic =
    "Convert the photo to JPEG; on an iPhone, set Settings > Camera > Formats to "
    "\"Most Compatible\" for photos to come.";
constexpr std::string_view kPage = "Export the page as PNG or SVG and upload that.";
constexpr std::string_view kArchive =
    "Unpack it and upload the pictures one by one (an .svgz as a plain .svg).";
constexpr std::string_view kVideo =
    "Videos are not taken; export a picture, or an animation as WebP or GIF.";
constexpr std::string_view kAudio = "Sound files are not taken; upload a picture.";

struct Magic {
  std::string_view begin;
  ForeignType type;
  std::size_t offset = 0;
};

constexpr std::array kMagics = std::to_array<Magic>({
    {"II*\0"sv, {"image/tiff", kToPngOrWebp}},
    {"MM\0*"sv, {"image/tiff", kToPngOrWebp}},
    {"II+\0"sv, {"image/tiff", kToPngOrWebp}},  // BigTIFF
    {"MM\0+"sv, {"image/tiff", kToPngOrWebp}},
    {"8BPS"sv, {"image/vnd.adobe.photoshop", kToPngOrWebp}},
    {"\xFF\x0A"sv, {"image/jxl", kToJpegOrPng}},
    {"\0\0\0\x0CJXL \r\n\x87\n"sv, {"image/jxl", kToJpegOrPng}},
    {"\0\0\0\x0CjP  \r\n\x87\n"sv, {"image/jp2", kToJpegOrPng}},
    {"\xFF\x4F\xFF\x51"sv, {"image/jp2", kToJpegOrPng}},
    {"%PDF-"sv, {"application/pdf", kPage}},
    {"\xEF\xBB\xBF%PDF-"sv, {"application/pdf", kPage}},
    {"%!PS"sv, {"application/postscript", kPage}},
    {"PK\3\4"sv, {"application/zip", kArchive}},
    {"PK\5\6"sv, {"application/zip", kArchive}},
    {"\x1F\x8B"sv, {"application/gzip", kArchive}},
    {"7z\xBC\xAF\x27\x1C"sv, {"application/x-7z-compressed", kArchive}},
    {"Rar!\x1A\x07"sv, {"application/vnd.rar", kArchive}},
    {"WAVE"sv, {"audio/wav", kAudio}, 8},
    {"AVI "sv, {"video/x-msvideo", kVideo}, 8},
    {"ID3"sv, {"audio/mpeg", kAudio}},
    {"moov"sv, {"video/quicktime", kVideo}, 4},
    {"mdat"sv, {"video/quicktime", kVideo}, 4},
    {"wide"sv, {"video/quicktime", kVideo}, 4},
});

std::optional<ForeignType> by_magic(std::string_view text) {
  for (const auto& magic : kMagics) {
    if (text.size() < magic.offset || !text.substr(magic.offset).starts_with(magic.begin)) continue;
    if (magic.offset == 8 && !text.starts_with("RIFF")) continue;
    return magic.type;
  }
  return std::nullopt;
}

struct Brand {
  std::uint32_t name;
  ForeignType type;
};

constexpr std::array kBrands = std::to_array<Brand>({
    {probe::fourcc("heic"), {"image/heic", kHeic}},
    {probe::fourcc("heix"), {"image/heic", kHeic}},
    {probe::fourcc("heim"), {"image/heic", kHeic}},
    {probe::fourcc("heis"), {"image/heic", kHeic}},
    {probe::fourcc("hevc"), {"image/heic-sequence", kHeic}},
    {probe::fourcc("hevx"), {"image/heic-sequence", kHeic}},
    {probe::fourcc("hevm"), {"image/heic-sequence", kHeic}},
    {probe::fourcc("hevs"), {"image/heic-sequence", kHeic}},
    {probe::fourcc("mif1"), {"image/heif", kHeic}},
    {probe::fourcc("miaf"), {"image/heif", kHeic}},
    {probe::fourcc("msf1"), {"image/heif-sequence", kHeic}},
    {probe::fourcc("crx "), {"image/x-canon-cr3", kToJpegOrPng}},
    {probe::fourcc("qt  "), {"video/quicktime", kVideo}},
    {probe::fourcc("M4A "), {"audio/mp4", kAudio}},
});

/// Files of the ISO base media family that are not AVIF.
std::optional<ForeignType> by_brand(base::ByteView head) {
  probe::ByteCursor cursor(head);
  (void)cursor.u32();
  const bool is_ftyp = cursor.u32() == probe::fourcc("ftyp");
  const auto brand = cursor.u32();
  if (!cursor.ok() || !is_ftyp) return std::nullopt;
  const auto found = std::ranges::find(kBrands, brand, &Brand::name);
  return found != kBrands.end() ? found->type : ForeignType{"video/mp4", kVideo};
}

/// "BM" alone begins many a text: the reserved fields must be zero and the header one of those
/// that exist (12 to 124 bytes).
bool is_bmp(base::ByteView head) {
  probe::ByteCursor cursor(head);
  const bool begins = cursor.u16() == 0x424D;
  (void)cursor.u32();
  const auto reserved = cursor.u32();
  (void)cursor.u32();
  const auto header = cursor.u32_little();
  return cursor.ok() && begins && reserved == 0 && header >= 12 && header <= 124;
}

/// Icons and cursors: a directory of at least one entry, whose last reserved byte is zero.
bool is_icon(base::ByteView head) {
  probe::ByteCursor cursor(head);
  const bool begins = cursor.u16() == 0;
  const auto kind = cursor.u16_little();
  const auto entries = cursor.u16_little();
  (void)cursor.take(3);
  const auto reserved = cursor.u8();
  return cursor.ok() && begins && (kind == 1 || kind == 2) && entries > 0 && reserved == 0;
}

/// EBML files name their type in the first header.
std::optional<ForeignType> by_ebml(std::string_view text) {
  if (!text.starts_with("\x1A\x45\xDF\xA3")) return std::nullopt;
  const bool is_webm = text.substr(0, 64).contains("webm");
  return ForeignType{is_webm ? "video/webm" : "video/x-matroska", kVideo};
}

}  // namespace

std::optional<ForeignType> find_foreign_type(base::ByteView head) {
  if (const auto type = by_magic(base::as_text(head))) return type;
  if (const auto type = by_brand(head)) return type;
  if (is_bmp(head)) return ForeignType{"image/bmp", kToPngOrWebp};
  if (is_icon(head)) return ForeignType{"image/x-icon", kToPngOrWebp};
  return by_ebml(base::as_text(head));
}

}  // namespace pixelvault::domain
