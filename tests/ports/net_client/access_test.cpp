// Where a fetch may go, from its first address and from every redirect.
#include <future>
#include <stdexcept>

#include "ports/net_client/fetching.hpp"

namespace pixelvault::port_suites {
namespace {

using std::chrono::milliseconds;

class Reach : public Fetching {
 protected:
  /// The message with which a URL is refused when nothing is allowed beyond the public web.
  std::string refuse(const std::string& url) {
    const ScriptedServer unused(ok("x"));
    auto strict = options(unused);
    strict.allowed_hosts.clear();
    return refusal(fetch(strict, url));
  }

  /// The same for a redirect from a server that is allowed.
  std::string refuse_redirect(const std::string& location) {
    const ScriptedServer server(redirect(location));
    return refusal(fetch(server));
  }
};

TEST_F(Reach, addresses_that_are_not_public_are_refused) {
  for (const std::string host :
       {"127.0.0.1", "0.0.0.0", "10.1.2.3", "100.64.0.1", "169.254.169.254", "172.16.0.1",
        "192.168.1.1", "224.0.0.1", "255.255.255.255", "[::1]", "[::]", "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fd00::1]", "[fe80::1]"}) {
    expect_says(refuse("http://" + host + "/x"), "not public");
    expect_says(refuse_redirect("http://" + host + "/x"), "not public");
  }
}

TEST_F(Reach, names_that_lead_there_are_refused) {
  names_["inner.test"] = {"10.0.0.1"};
  names_["inner6.test"] = {"fd00::1"};
  for (const std::string name : {"other.test", "inner.test", "inner6.test"}) {
    expect_says(refuse("https://" + name + "/"), "not public");
    expect_says(refuse_redirect("https://" + name + "/"), "not public");
  }
}

TEST_F(Reach, one_address_that_is_not_public_spoils_a_name) {
  names_["mixed.test"] = {"93.184.216.34", "2606:2800::1", "192.168.0.1"};
  expect_says(refuse("http://mixed.test/"), "192.168.0.0/16");
}

TEST_F(Reach, localhost_is_refused_as_the_system_knows_it) {
  NetHttpFetcher::Options real;
  expect_says(refusal(fetch(real, "http://localhost/")), "not public");
}

TEST_F(Reach, public_addresses_are_not) {
  const adapters::net_client::Access rules({});
  const auto address = domain::parse_web_address("https://public.test/").value();
  const std::vector<domain::IpAddress> resolved{*domain::parse_ipv4("93.184.216.34"),
                                                *domain::parse_ipv6("2606:2800::1")};
  EXPECT_TRUE(rules.check(address).has_value());
  EXPECT_TRUE(rules.check(address, resolved).has_value());
}

TEST_F(Reach, other_ports_are_refused_before_the_name_is_asked_for) {
  expect_says(refuse("http://files.test:22/"), "ports 80 and 443");
  expect_says(refuse("https://files.test:8443/"), "ports 80 and 443");
  EXPECT_TRUE(asked_.empty());
  expect_says(refuse_redirect("http://files.test:6379/"), "ports 80 and 443");
}

TEST_F(Reach, an_exception_is_for_exactly_its_host_and_port) {
  const ScriptedServer server(ok("x"));
  const ScriptedServer other(ok("x"));
  const auto allowed = options(server);
  EXPECT_EQ(fetch(allowed, url(server)).message(), "no error");
  expect_says(refusal(fetch(allowed, url(other))), "ports 80 and 443");
  expect_says(refusal(fetch(allowed, url(server, "http", "other.test"))), "ports 80 and 443");
  expect_says(refusal(fetch(allowed, url(server, "http", "127.0.0.1"))), "ports 80 and 443");
  expect_says(refusal(fetch(allowed, "http://files.test/")), "not public");
}

TEST_F(Reach, an_exception_without_a_port_is_for_the_ports_of_the_web) {
  const ScriptedServer server(ok("x"));
  auto allowed = options(server);
  allowed.allowed_hosts = {"FILES.test"};
  expect_says(refusal(fetch(allowed, url(server))), "ports 80 and 443");
  const auto message = refusal(fetch(allowed, "http://files.test:443/"));
  EXPECT_EQ(message.find("not public"), std::string::npos) << message;
}

TEST_F(Reach, an_exception_can_be_an_address) {
  const ScriptedServer server(ok("x"));
  auto allowed = options(server);
  allowed.allowed_hosts = {"127.0.0.1:" + std::to_string(server.port())};
  EXPECT_EQ(fetch(allowed, url(server, "http", "127.0.0.1")).body, "x");
}

TEST_F(Reach, exceptions_must_be_hosts) {
  for (const std::string bad : {"", "http://a", "a:b", "127.1", "*"}) {
    NetHttpFetcher::Options wrong;
    wrong.allowed_hosts = {bad};
    EXPECT_THROW(NetHttpFetcher{wrong}, std::invalid_argument) << bad;
  }
}

TEST_F(Reach, a_name_is_asked_for_once_a_visit) {
  const ScriptedServer server(ok("x"));
  EXPECT_EQ(fetch(server).body, "x");
  EXPECT_EQ(asked_["files.test"], 1);
}

TEST_F(Reach, a_name_without_an_address_is_told) {
  expect_says(refuse("http://nowhere.test/"), "no host nowhere.test");
}

base::task<Fetched> fetch_then_release(NetHttpFetcher& fetcher, std::promise<void>& release) {
  auto fetched = co_await fetch_all(fetcher, "http://slow.test/");
  release.set_value();
  co_return fetched;
}

TEST_F(Reach, a_name_that_is_not_found_in_time_is_left_behind) {
  std::promise<void> release;
  NetHttpFetcher::Options slow;
  slow.deadlines.resolve = milliseconds(50);
  slow.look_up = [&](const std::string&) {
    release.get_future().wait();
    return std::vector<domain::IpAddress>();
  };
  NetHttpFetcher fetcher(slow);
  expect_says(refusal(support::run(fetch_then_release(fetcher, release))), "not found in time");
}

TEST_F(Reach, redirects_are_followed) {
  for (const int status : {301, 302, 303, 307, 308}) {
    int visits = 0;
    const ScriptedServer server([&](Peer& peer) {
      peer.send(visits++ == 0 ? redirect("../final.png", status) : ok("hello"));
    });
    EXPECT_EQ(fetch(server).body, "hello") << status;
    ASSERT_EQ(server.requests().size(), 2U);
    EXPECT_TRUE(server.requests()[1].starts_with("GET /final.png HTTP/1.1\r\n"));
    EXPECT_EQ(asked_["files.test"], 2);
    asked_.clear();
  }
}

TEST_F(Reach, three_redirects_are_the_most) {
  for (const int redirects : {3, 4}) {
    int visits = 0;
    const ScriptedServer server(
        [&](Peer& peer) { peer.send(visits++ < redirects ? redirect("/again") : ok("hello")); });
    const auto fetched = fetch(server);
    EXPECT_EQ(fetched.error.has_value(), redirects == 4);
    EXPECT_EQ(server.requests().size(), 4U);
    if (fetched.error) expect_says(refusal(fetched), "more than 3 times");
  }
}

TEST_F(Reach, redirects_obey_the_rules_of_urls) {
  expect_says(refuse_redirect("ftp://files.test/x"), "https:// or http://");
  expect_says(refuse_redirect("file:///etc/passwd"), "https:// or http://");
  expect_says(refuse_redirect("http://user@files.test/x"), "user name");
  expect_says(refuse_redirect("http://2130706433/"), "no usable host");
  expect_says(refuse_redirect("http://0x7f.1/"), "no usable host");
  expect_says(refuse_redirect("  "), "not where to");
}

}  // namespace
}  // namespace pixelvault::port_suites
