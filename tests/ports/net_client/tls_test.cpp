// Whose certificates are believed, and what TLS adds to the reading of an answer.
#include <fstream>
#include <stdexcept>

#include "ports/net_client/fetching.hpp"
#include "support/temporary_directory.hpp"

namespace pixelvault::port_suites {
namespace {

using std::chrono::milliseconds;

void answer_hello(Peer& peer) {
  peer.send(ok("hello"));
  peer.finish();
}

class Tls : public Fetching {
 protected:
  NetHttpFetcher::Options trusting(const ScriptedServer& server) {
    auto options = this->options(server);
    options.ca_file = directory_.path() / "ca.pem";
    std::ofstream(*options.ca_file) << authority_.certificate();
    return options;
  }
  Fetched fetch_securely(const ScriptedServer& server) {
    return fetch(trusting(server), url(server, "https"));
  }

  Authority authority_;
  support::TemporaryDirectory directory_;
};

TEST_F(Tls, a_server_that_proves_its_name_is_believed) {
  const ScriptedServer server(answer_hello, authority_.issue("DNS:files.test"));
  const auto fetched = fetch_securely(server);
  EXPECT_EQ(fetched.message(), "no error");
  EXPECT_EQ(fetched.body, "hello");
  EXPECT_EQ(server.server_name(), "files.test");
}

TEST_F(Tls, a_certificate_for_an_address_is_for_that_address) {
  for (const auto& [name, works] :
       {std::pair{"IP:127.0.0.1", true}, {"IP:127.0.0.2", false}, {"DNS:files.test", false}}) {
    const ScriptedServer server(answer_hello, authority_.issue(name));
    auto options = trusting(server);
    options.allowed_hosts = {"127.0.0.1:" + std::to_string(server.port())};
    const auto fetched = fetch(options, url(server, "https", "127.0.0.1"));
    EXPECT_EQ(!fetched.error, works) << name;
    EXPECT_EQ(server.server_name(), "") << "RFC 6066 §3 has no addresses in SNI";
  }
}

TEST_F(Tls, a_certificate_for_another_name_is_refused) {
  for (const std::string name :
       {"DNS:other.test", "DNS:test", "DNS:a.files.test", "DNS:f*.test", "IP:127.0.0.1"}) {
    const ScriptedServer server(answer_hello, authority_.issue(name));
    expect_says(refusal(fetch_securely(server)), "mismatch");
    EXPECT_TRUE(server.requests().empty()) << "nothing is sent to a stranger";
  }
}

TEST_F(Tls, an_expired_certificate_is_refused) {
  const ScriptedServer server(answer_hello, authority_.issue("DNS:files.test", -60));
  expect_says(refusal(fetch_securely(server)), "expired");
}

TEST_F(Tls, a_certificate_of_the_future_is_refused) {
  const ScriptedServer server(answer_hello, authority_.issue("DNS:files.test", 3L * 24 * 3600));
  expect_says(refusal(fetch_securely(server)), "not yet valid");
}

TEST_F(Tls, an_unknown_authority_is_refused) {
  const ScriptedServer server(answer_hello, Authority().issue("DNS:files.test"));
  expect_says(refusal(fetch_securely(server)), "could not prove who it is");
  const ScriptedServer known(answer_hello, authority_.issue("DNS:files.test"));
  expect_says(refusal(fetch(options(known), url(known, "https"))), "could not prove who it is");
}

TEST_F(Tls, a_server_without_tls_is_refused) {
  const ScriptedServer server(ok("hello"));
  auto quick = trusting(server);
  quick.deadlines.handshake = milliseconds(100);
  expect_says(refusal(fetch(quick, url(server, "https"))), "could not prove who it is");
}

TEST_F(Tls, a_handshake_that_stops_runs_out_of_time) {
  const ScriptedServer server([](Peer& peer) { peer.hold(); });
  auto quick = trusting(server);
  quick.deadlines.handshake = milliseconds(100);
  quick.deadlines.answer = milliseconds(60'000);
  expect_says(refusal(fetch(quick, url(server, "https"))), "took too long");
}

TEST_F(Tls, a_body_that_stops_runs_out_of_time) {
  const ScriptedServer server(
      [](Peer& peer) {
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
        peer.hold();
      },
      authority_.issue("DNS:files.test"));
  auto quick = trusting(server);
  quick.deadlines.idle = milliseconds(100);
  expect_says(refusal(fetch(quick, url(server, "https"))), "took too long");
}

TEST_F(Tls, only_a_proper_end_ends_a_body_without_a_length) {
  for (const bool proper : {true, false}) {
    const ScriptedServer server(
        [&](Peer& peer) {
          peer.send("HTTP/1.1 200 OK\r\n\r\nhello");
          if (proper) peer.finish();
        },
        authority_.issue("DNS:files.test"));
    const auto fetched = fetch_securely(server);
    EXPECT_EQ(fetched.body, "hello");
    EXPECT_EQ(!fetched.error, proper) << fetched.message();
  }
}

TEST_F(Tls, a_large_body_comes_whole) {
  const std::string body(500'000, 'x');
  const ScriptedServer server([&](Peer& peer) { peer.send(ok(body)); },
                              authority_.issue("DNS:files.test"));
  EXPECT_EQ(fetch_securely(server).body, body);
}

TEST_F(Tls, a_redirect_to_plain_http_is_refused) {
  const ScriptedServer plain(ok("hello"));
  const ScriptedServer server([&](Peer& peer) { peer.send(redirect(url(plain))); },
                              authority_.issue("DNS:files.test"));
  auto options = trusting(server);
  options.allowed_hosts.push_back("files.test:" + std::to_string(plain.port()));
  expect_says(refusal(fetch(options, url(server, "https"))), "from https to http");
  EXPECT_TRUE(plain.requests().empty());
}

TEST_F(Tls, a_redirect_from_plain_http_is_followed) {
  const ScriptedServer secure(answer_hello, authority_.issue("DNS:files.test"));
  const ScriptedServer server(redirect(url(secure, "https")));
  auto options = trusting(server);
  options.allowed_hosts.push_back("files.test:" + std::to_string(secure.port()));
  EXPECT_EQ(fetch(options, url(server)).body, "hello");
}

TEST_F(Tls, a_file_without_certificates_is_told_at_once) {
  NetHttpFetcher::Options wrong;
  wrong.ca_file = directory_.path() / "missing.pem";
  EXPECT_THROW(NetHttpFetcher{wrong}, std::invalid_argument);
}

}  // namespace
}  // namespace pixelvault::port_suites
