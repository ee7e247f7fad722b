#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probing.hpp"

namespace pixelvault::domain {
namespace {

using namespace std::string_literals;

const std::string kNs = " xmlns=\"http://www.w3.org/2000/svg\" ";

std::string svg(const std::string& attributes, const std::string& content = "") {
  return "<svg" + kNs + attributes + ">" + content + "</svg>";
}

std::string sized(const std::string& attributes) { return size_of(Format::Svg, svg(attributes)); }

std::string utf16(const std::string& text, bool big_endian) {
  std::string bytes = big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : text) bytes += big_endian ? "\0"s + c : c + "\0"s;
  return bytes;
}

TEST(SvgProbe, absolute_lengths_are_css_pixels) {
  EXPECT_EQ(sized("width='20' height='10px'"), "20x10 frames 1");
  EXPECT_EQ(sized("width='1in' height='72pt'"), "96x96 frames 1");
  EXPECT_EQ(sized("width='2.54cm' height='25.4mm'"), "96x96 frames 1");
  EXPECT_EQ(sized("width='6pc' height='101.6Q'"), "96x96 frames 1");
  EXPECT_EQ(sized("width=' +1e2 ' height='1E1PX'"), "100x10 frames 1");
}

TEST(SvgProbe, lengths_are_rounded_to_at_least_one) {
  EXPECT_EQ(sized("width='1.5' height='1.4'"), "2x1 frames 1");
  EXPECT_EQ(sized("width='0.1' height='0'"), "1x1 frames 1");
}

TEST(SvgProbe, relative_lengths_leave_the_size_to_the_view_box) {
  for (const std::string relative : {"100%", "2em", "auto", "", "-5", "nan", "inf"}) {
    std::string attributes = "viewBox='0 0 40 30' width='" + relative;
    attributes += "' height='" + relative + "'";
    EXPECT_EQ(sized(attributes), "40x30 frames 1") << relative;
  }
}

TEST(SvgProbe, a_missing_side_follows_the_ratio_of_the_view_box) {
  EXPECT_EQ(sized("width='80' viewBox='0 0 40 30'"), "80x60 frames 1");
  EXPECT_EQ(sized("height='60' viewBox='0,0,40,30'"), "80x60 frames 1");
}

TEST(SvgProbe, without_any_size_css_decides) {
  EXPECT_EQ(sized(""), "300x150 frames 1");
  EXPECT_EQ(sized("height='70'"), "300x70 frames 1");
  EXPECT_EQ(sized("viewBox='0 0 0 30'"), "300x150 frames 1");
  EXPECT_EQ(sized("viewBox='0 0 40'"), "300x150 frames 1");
}

TEST(SvgProbe, too_large_a_size_is_refused_at_the_root) {
  const auto outcome = probe_all(Format::Svg, "<svg" + kNs + "width='1e300' height='5'>");
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().code, ErrorCode::ImageTooComplex);
  EXPECT_EQ(outcome.error().limit, 65'535U);
}

TEST(SvgProbe, everything_that_xml_allows_around_tags_is_passed_over) {
  const auto file =
      "<?xml version='1.0'?><!-- <svg --><!DOCTYPE svg [ <!ENTITY a \"]>\"> "
      "<!-- it's --> <?x '?> ]>\n" +
      svg("width='4' height='3'",
          "text <!-- </svg> --> <![CDATA[ </svg> ]]]]> <?pi </svg> ?> <a b='>'/> <c />"
          "<d\n></d\t>") +
      "<!-- after --->\n<?after?>\n";
  EXPECT_EQ(size_of(Format::Svg, file), "4x3 frames 1");
}

TEST(SvgProbe, a_prefixed_root_needs_its_own_namespace) {
  EXPECT_EQ(size_of(Format::Svg, "<s:svg xmlns:s='http://www.w3.org/2000/svg'></s:svg>"),
            "300x150 frames 1");
  EXPECT_EQ(refusal(Format::Svg, "<s:svg" + kNs + "></s:svg>"), ErrorCode::UnsupportedMediaType);
}

TEST(SvgProbe, utf_16_is_read_in_both_orders) {
  const auto text = svg("width='4' height='3'");
  for (const bool big_endian : {true, false}) {
    const auto file = utf16(text, big_endian);
    EXPECT_EQ(size_of(Format::Svg, file), "4x3 frames 1");
    EXPECT_EQ(size_of(Format::Svg, file.substr(2)), "4x3 frames 1") << "without a mark";
    EXPECT_EQ(refusal(Format::Svg, file + "\x20"), ErrorCode::InvalidImage) << "half a unit";
    EXPECT_EQ(describe(probe_all(Format::Svg, file, {}, 1)), "4x3 frames 1");
  }
  EXPECT_EQ(size_of(Format::Svg, "\xEF\xBB\xBF" + text), "4x3 frames 1");
}

TEST(SvgProbe, an_unpaired_surrogate_is_refused) {
  const auto begin = utf16("<svg" + kNs + ">", true);
  const auto end = utf16("</svg>", true).substr(2);
  EXPECT_EQ(size_of(Format::Svg, begin + "\xD8\x3D\xDE\x00"s + end), "300x150 frames 1");
  EXPECT_EQ(refusal(Format::Svg, begin + "\xD8\x3D"s + end), ErrorCode::InvalidImage);
  EXPECT_EQ(refusal(Format::Svg, begin + "\xDE\x00"s + end), ErrorCode::InvalidImage);
}

TEST(SvgProbe, other_documents_are_told_by_their_root) {
  const auto html = probe_all(Format::Svg, "<?xml version='1.0'?><html lang=en>");
  ASSERT_FALSE(html.has_value());
  EXPECT_EQ(html.error().code, ErrorCode::UnsupportedMediaType);
  EXPECT_EQ(html.error().detected_type, "text/html");
  EXPECT_EQ(probe_all(Format::Svg, "<note></note>").error().detected_type, "application/xml");
  const auto plain = probe_all(Format::Svg, "<svg width='5'></svg>");
  EXPECT_EQ(plain.error().detected_type, "application/xml");
  EXPECT_THAT(plain.error().message, testing::HasSubstr("xmlns=\"http://www.w3.org/2000/svg\""));
}

TEST(SvgProbe, what_is_not_well_formed_is_refused) {
  for (const std::string content :
       {"<a></b>", "<a>", "</a>", "<a b></a>", "<a b=c/>", "<a b='c'd='e'/>", "<a b='<'/>", "< a/>",
        "<a/ >", "<a></a b>", "<!ELEMENT x>", "<1/>", "<a 1='2'/>", "<!DOCTYPE svg>",
        "<a><b></a></b>"}) {
    EXPECT_EQ(refusal(Format::Svg, svg("", content)), ErrorCode::InvalidImage) << content;
  }
  EXPECT_EQ(refusal(Format::Svg, svg("", "a\0b"s)), ErrorCode::InvalidImage);
  for (const std::string after : {"x", "<svg/>", "<![CDATA[x]]>", "<!--", "<!DOCTYPE svg>"}) {
    EXPECT_EQ(refusal(Format::Svg, svg("") + after), ErrorCode::InvalidImage) << after;
  }
  EXPECT_EQ(refusal(Format::Svg, "x" + svg("")), ErrorCode::InvalidImage);
  EXPECT_EQ(refusal(Format::Svg, ""), ErrorCode::InvalidImage);
}

TEST(SvgProbe, elements_nest_up_to_a_limit) {
  std::string open, close;
  for (int i = 0; i < 1023; ++i) {
    open += "<g>";
    close += "</g>";
  }
  EXPECT_EQ(size_of(Format::Svg, svg("", open + close)), "300x150 frames 1");
  const auto outcome = probe_all(Format::Svg, svg("", open + "<g>"));
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().code, ErrorCode::ImageTooComplex);
  EXPECT_EQ(outcome.error().limit, 1024U);
  EXPECT_EQ(outcome.error().actual, 1025U);
}

TEST(SvgProbe, names_have_a_limit_and_values_have_none) {
  EXPECT_EQ(refusal(Format::Svg, svg("", "<" + std::string(1025, 'a') + "/>")),
            ErrorCode::ImageTooComplex);
  const auto picture = "<image href='" + std::string(3'000'000, 'A') + "'/>";
  EXPECT_EQ(size_of(Format::Svg, svg("", picture)), "300x150 frames 1");
}

}  // namespace
}  // namespace pixelvault::domain
