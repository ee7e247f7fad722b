#include "domain/web_address.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pixelvault::domain {
namespace {

/// The URL as it is understood, or "refused".
std::string read(const std::string& text) {
  const auto address = parse_web_address(text);
  if (address) return address->to_string();
  EXPECT_EQ(address.error().code, ErrorCode::InvalidRequest);
  EXPECT_EQ(address.error().param, "url");
  EXPECT_FALSE(address.error().message.empty());
  return "refused";
}

std::string follow_from(const std::string& from, const std::string& reference) {
  const auto next = follow(parse_web_address(from).value(), reference);
  return next ? next->to_string() : "refused";
}

TEST(WebAddress, is_taken_apart) {
  const auto address = parse_web_address("https://Example.COM:8443/a/b.png?x=1#part").value();
  EXPECT_TRUE(address.secure);
  EXPECT_EQ(address.host.text, "example.com");
  EXPECT_FALSE(address.host.ip.has_value());
  EXPECT_EQ(address.port, 8443);
  EXPECT_EQ(address.target, "/a/b.png?x=1");
  EXPECT_EQ(address.host_field(), "example.com:8443");
}

TEST(WebAddress, each_scheme_has_its_port) {
  EXPECT_EQ(parse_web_address("http://a.test")->port, 80);
  EXPECT_EQ(parse_web_address("HTTPS://a.test")->port, 443);
  EXPECT_EQ(parse_web_address("http://a.test:80/")->host_field(), "a.test");
  EXPECT_EQ(parse_web_address("http://a.test:443/")->host_field(), "a.test:443");
  EXPECT_EQ(parse_web_address("https://a.test:443/")->host_field(), "a.test");
}

TEST(WebAddress, a_path_is_always_there) {
  EXPECT_EQ(read("http://a.test"), "http://a.test/");
  EXPECT_EQ(read("http://a.test?q"), "http://a.test/?q");
  EXPECT_EQ(read("http://a.test#f"), "http://a.test/");
}

TEST(WebAddress, other_schemes_are_refused) {
  for (const std::string text :
       {"", "a.test", "//a.test/", "ftp://a.test/", "file:///etc/passwd", "gopher://a.test/",
        "data:image/png;base64,AA", "http:/a.test", "http:a.test", "javascript:alert(1)",
        "httpx://a.test", "://a.test", "ht tp://a.test"}) {
    EXPECT_EQ(read(text), "refused") << text;
  }
}

TEST(WebAddress, a_user_name_is_refused) {
  for (const std::string text :
       {"http://user@a.test/", "http://user:secret@a.test/", "http://@a.test/", "http://:@a.test/",
        "http://a.test:80@127.0.0.1/", "http://a.test@"}) {
    EXPECT_EQ(read(text), "refused") << text;
  }
  EXPECT_EQ(read("http://a.test/@me?x@y"), "http://a.test/@me?x@y");
  const auto refused = parse_web_address("http://user@a.test/");
  EXPECT_NE(refused.error().message.find("user name"), std::string::npos);
}

TEST(WebAddress, a_host_that_could_be_read_as_another_is_refused) {
  for (const std::string text : {"http://2130706433/",
                                 "http://0x7f000001/",
                                 "http://0X7F000001/",
                                 "http://017700000001/",
                                 "http://127.1/",
                                 "http://0x7f.1/",
                                 "http://0177.0.0.1/",
                                 "http://127.0.0.01/",
                                 "http://1.2.3.4.5/",
                                 "http://a.test.1/",
                                 "http://a.0x1/",
                                 "http://0x/",
                                 "http://127.0.0.1./",
                                 "http://a.test./",
                                 "http://./",
                                 "http://a..test/",
                                 "http:///x",
                                 "http://",
                                 "http://:80/",
                                 "http://%3127.0.0.1/",
                                 "http://a_\xC3\xBC.test/",
                                 "http://\xEF\xBC\x91.test/",
                                 "http://a.test\\@b.test/",
                                 "http://a b/",
                                 "http://[::1/",
                                 "http://::1/",
                                 "http://[::1]x/",
                                 "http://[fe80::1%25eth0]/",
                                 "http://[v1.x]/",
                                 "http://[]/",
                                 "http://[1.2.3.4]/"}) {
    EXPECT_EQ(read(text), "refused") << text;
  }
  EXPECT_EQ(read("http://0x7g.test/"), "http://0x7g.test/");
  EXPECT_EQ(read("http://1.test/"), "http://1.test/");
}

TEST(WebAddress, an_ip_address_is_known_as_one) {
  EXPECT_EQ(parse_web_address("http://127.0.0.1/")->host.ip, parse_ipv4("127.0.0.1"));
  const auto v6 = parse_web_address("http://[2001:DB8::1]:8080/").value();
  EXPECT_EQ(v6.host.ip, parse_ipv6("2001:db8::1"));
  EXPECT_EQ(v6.host_field(), "[2001:db8::1]:8080");
}

TEST(WebAddress, a_name_has_the_lengths_of_dns) {
  const std::string label(63, 'a');
  EXPECT_NE(read("http://" + label + ".test/"), "refused");
  EXPECT_EQ(read("http://" + label + "a.test/"), "refused");
  const auto longest = label + "." + label + "." + label + "." + std::string(61, 'a');
  EXPECT_NE(read("http://" + longest + "/"), "refused");
  EXPECT_EQ(read("http://" + longest + "a/"), "refused");
}

TEST(WebAddress, a_port_is_a_number_from_1_to_65535) {
  EXPECT_EQ(parse_web_address("http://a.test:65535/")->port, 65535);
  for (const std::string port :
       {"", "0", "65536", "99999999999", "-1", "+80", "80a", "0x50", " 80", "000080", "80:80"}) {
    EXPECT_EQ(read("http://a.test:" + port + "/"), "refused") << port;
  }
}

TEST(WebAddress, control_characters_cannot_reach_the_request) {
  for (const std::string bad : {"\r\nX: y", "\n", "\t", "\x01", "\x7F", "\\"}) {
    EXPECT_EQ(read("http://a.test/x" + bad + "x"), "refused") << bad;
  }
  EXPECT_EQ(read(std::string("http://a.test/x\0x", 17)), "refused");
  EXPECT_EQ(read("  http://a.test/x \r\n"), "http://a.test/x");
}

TEST(WebAddress, what_should_have_been_encoded_is) {
  EXPECT_EQ(read("http://a.test/\xC3\xBC b\"<>^`{|}%41?q=\xC3\xBC"),
            "http://a.test/%C3%BC%20b%22%3C%3E%5E%60%7B%7C%7D%41?q=%C3%BC");
}

TEST(WebAddress, dot_segments_are_removed) {
  EXPECT_EQ(read("http://a.test/a/b/c/./../../g"), "http://a.test/a/g");
  EXPECT_EQ(read("http://a.test/../../x"), "http://a.test/x");
  EXPECT_EQ(read("http://a.test/a/.."), "http://a.test/");
  EXPECT_EQ(read("http://a.test/a/."), "http://a.test/a/");
  EXPECT_EQ(read("http://a.test/a//b/..c?x/../y"), "http://a.test/a//b/..c?x/../y");
}

TEST(WebAddress, its_length_is_bounded) {
  const std::string start = "http://a.test/";
  EXPECT_NE(read(start + std::string(kMaxUrlBytes - start.size(), 'x')), "refused");
  const auto refused = parse_web_address(start + std::string(kMaxUrlBytes, 'x'));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().limit, kMaxUrlBytes);
}

TEST(WebAddress, the_filename_is_the_last_segment) {
  const auto name = [](const std::string& text) { return parse_web_address(text)->filename(); };
  EXPECT_EQ(name("http://a.test/pics/cat.png?size=1/2"), "cat.png");
  EXPECT_EQ(name("http://a.test/my%20cat%C3%BC.png"), "my cat\xC3\xBC.png");
  EXPECT_EQ(name("http://a.test/100%.png"), "100%.png");
  EXPECT_EQ(name("http://a.test/a%4"), "a%4");
  EXPECT_EQ(name("http://a.test/pics/"), "");
  EXPECT_EQ(name("http://a.test"), "");
}

// RFC 3986 §5.4, as far as it is about paths and hosts.
TEST(WebAddress, references_are_resolved_as_the_standard_shows) {
  const std::string base = "http://a/b/c/d;p?q";
  const std::pair<std::string, std::string> examples[] = {
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g/"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q"},
      {"g#s", "http://a/b/c/g"},
      {";x", "http://a/b/c/;x"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"./", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../../g", "http://a/g"},
      {"g;x=1/../y", "http://a/b/c/y"},
      {"g?y/../x", "http://a/b/c/g?y/../x"},
  };
  for (const auto& [reference, url] : examples) {
    EXPECT_EQ(follow_from(base, reference), url) << reference;
  }
}

TEST(WebAddress, a_reference_obeys_the_same_rules) {
  const std::string base = "https://a.test:8443/x";
  EXPECT_EQ(follow_from(base, "y"), "https://a.test:8443/y");
  EXPECT_EQ(follow_from(base, "//b.test/"), "https://b.test/");
  EXPECT_EQ(follow_from(base, "http://b.test/"), "http://b.test/");
  for (const std::string bad : {"ftp://b.test/", "file:///etc/passwd", "https://u@b.test/",
                                "//0x7f.1/", "mailto:a@b.test", "http:x", "/a\nb"}) {
    EXPECT_EQ(follow_from(base, bad), "refused") << bad;
  }
}

TEST(HostAndPort, is_what_an_operator_writes) {
  EXPECT_EQ(parse_host_and_port("Intra.example")->host.text, "intra.example");
  EXPECT_FALSE(parse_host_and_port("intra.example")->port.has_value());
  EXPECT_EQ(parse_host_and_port("127.0.0.1:8080")->port, 8080);
  EXPECT_EQ(parse_host_and_port("[::1]:8080")->host.ip, parse_ipv6("::1"));
  EXPECT_FALSE(parse_host_and_port("[::1]")->port.has_value());
  for (const std::string bad :
       {"", ":80", "a:", "a:b", "a/b", "http://a", "*", "a:0", "[::1", "::1", "[::1]80", "127.1"}) {
    EXPECT_FALSE(parse_host_and_port(bad).has_value()) << bad;
  }
}

TEST(HostAndPort, spellings_of_one_address_are_one_host) {
  EXPECT_EQ(parse_host_and_port("[::1]")->host, parse_host_and_port("[0:0::1]")->host);
  EXPECT_FALSE(parse_host_and_port("127.0.0.1")->host == parse_host_and_port("a")->host);
}

}  // namespace
}  // namespace pixelvault::domain
