// What the tests of fetching share: a fetcher for which `files.test` is the scripted server, and a
// fetch from beginning to end.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/net_client/http_fetcher.hpp"
#include "ports/net_client/scripted_server.hpp"
#include "support/run_task.hpp"

namespace pixelvault::port_suites {

using adapters::net_client::NetHttpFetcher;

struct Fetched {
  std::optional<domain::Error> error;
  std::optional<std::uint64_t> length;
  std::string body;

  std::string message() const { return error ? error->message : "no error"; }
};

inline base::task<Fetched> fetch_all(NetHttpFetcher& fetcher, std::string url) {
  Fetched fetched;
  const auto download = co_await fetcher.fetch(domain::parse_web_address(url).value(), {});
  if (!download) {
    fetched.error = download.error();
    co_return fetched;
  }
  fetched.length = (*download)->length();
  for (;;) {
    const auto bytes = co_await (*download)->read();
    if (!bytes) fetched.error = bytes.error();
    if (!bytes || bytes->empty()) co_return fetched;
    fetched.body += base::as_text(*bytes);
  }
}

class Fetching : public testing::Test {
 protected:
  /// The names of a small internet, and how often they were asked for.
  std::map<std::string, std::vector<std::string>> names_{{"files.test", {"127.0.0.1"}},
                                                         {"other.test", {"127.0.0.1"}}};
  std::map<std::string, int> asked_;

  NetHttpFetcher::Options options(const ScriptedServer& server) {
    NetHttpFetcher::Options options;
    options.allowed_hosts = {"files.test:" + std::to_string(server.port())};
    options.look_up = [this](const std::string& name) {
      ++asked_[name];
      std::vector<domain::IpAddress> addresses;
      for (const auto& text : names_[name]) {
        addresses.push_back(
            (text.contains(':') ? domain::parse_ipv6 : domain::parse_ipv4)(text).value());
      }
      return addresses;
    };
    return options;
  }

  static std::string url(const ScriptedServer& server, const std::string& scheme = "http",
                         const std::string& host = "files.test") {
    return scheme + "://" + host + ":" + std::to_string(server.port()) + "/pics/cat.png?size=1";
  }

  static Fetched fetch(const NetHttpFetcher::Options& options, const std::string& url) {
    NetHttpFetcher fetcher(options);
    return support::run(fetch_all(fetcher, url));
  }
  Fetched fetch(const ScriptedServer& server) { return fetch(options(server), url(server)); }

  /// The message of a fetch that must fail.
  static std::string refusal(const Fetched& fetched) {
    EXPECT_TRUE(fetched.error.has_value());
    if (!fetched.error) return "it worked";
    EXPECT_EQ(fetched.error->code, domain::ErrorCode::ImportFailed);
    EXPECT_EQ(fetched.error->param, "url");
    return fetched.error->message;
  }
};

inline void expect_says(const std::string& message, const std::string& what) {
  EXPECT_NE(message.find(what), std::string::npos) << "'" << message << "' says not: " << what;
}

/// A whole answer with this body and its length.
inline std::string ok(const std::string& body, const std::string& fields = "") {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + fields +
         "\r\n" + body;
}

inline std::string redirect(const std::string& location, int status = 302) {
  return "HTTP/1.1 " + std::to_string(status) + " Elsewhere\r\nLocation: " + location +
         "\r\nContent-Length: 0\r\n\r\n";
}

}  // namespace pixelvault::port_suites
