// How an answer is read: framings, statuses, limits and deadlines.
#include <atomic>

#include "base/unavailable.hpp"
#include "ports/net_client/fetching.hpp"

namespace pixelvault::port_suites {
namespace {

using std::chrono::milliseconds;

TEST_F(Fetching, a_body_with_a_length_comes_whole) {
  const std::string body(300'000, 'x');
  const ScriptedServer server(ok(body));
  const auto fetched = fetch(server);
  EXPECT_EQ(fetched.message(), "no error");
  EXPECT_EQ(fetched.length, body.size());
  EXPECT_EQ(fetched.body, body);
}

TEST_F(Fetching, the_trace_is_told_to_the_other_server) {
  const domain::WebAddress address = domain::parse_web_address("http://files.test/a").value();
  const domain::TraceContext trace{.trace_id = "4bf9", .parent_id = "00f0", .sampled = true};
  const auto with = adapters::net_client::request_for(address, "test", trace);
  EXPECT_NE(with.find("\r\ntraceparent: 00-4bf9-00f0-01\r\n"), std::string::npos) << with;
  const auto without = adapters::net_client::request_for(address, "test", {});
  EXPECT_EQ(without.find("trace"), std::string::npos) << without;
}

TEST_F(Fetching, a_chunked_body_comes_whole) {
  const std::string big(40'000, 'y');
  const ScriptedServer server(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n9c40;x=1\r\n" + big +
      "\r\n0\r\nTrailer: x\r\n\r\n");
  const auto fetched = fetch(server);
  EXPECT_EQ(fetched.message(), "no error");
  EXPECT_FALSE(fetched.length.has_value());
  EXPECT_EQ(fetched.body, "hello" + big);
}

TEST_F(Fetching, a_body_that_ends_with_the_connection_comes_whole) {
  const ScriptedServer server(std::string("HTTP/1.0 200 OK\r\n\r\nhello"));
  EXPECT_EQ(fetch(server).body, "hello");
}

TEST_F(Fetching, a_body_that_arrives_byte_by_byte_comes_whole) {
  const ScriptedServer server([](Peer& peer) {
    for (const char c : std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    "5\r\nhello\r\n0\r\n\r\n")) {
      peer.send(std::string(1, c));
    }
  });
  EXPECT_EQ(fetch(server).body, "hello");
}

TEST_F(Fetching, an_empty_body_is_no_error) {
  const ScriptedServer server(ok(""));
  const auto fetched = fetch(server);
  EXPECT_EQ(fetched.message(), "no error");
  EXPECT_EQ(fetched.length, 0U);
}

TEST_F(Fetching, the_request_is_plain_and_tells_nothing) {
  const ScriptedServer server(ok("x"));
  fetch(server);
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_EQ(server.requests()[0], "GET /pics/cat.png?size=1 HTTP/1.1\r\nHost: files.test:" +
                                      std::to_string(server.port()) +
                                      "\r\nUser-Agent: PixelVault\r\nAccept: image/*\r\n"
                                      "Accept-Encoding: identity\r\nConnection: close\r\n\r\n");
}

TEST_F(Fetching, interim_answers_are_passed_over) {
  const ScriptedServer server("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + ok("hello"));
  EXPECT_EQ(fetch(server).body, "hello");
  std::string many;
  for (int i = 0; i < 10; ++i) many += "HTTP/1.1 103 Early Hints\r\n\r\n";
  const ScriptedServer endless(many + ok("hello"));
  expect_says(refusal(fetch(endless)), "interim");
}

TEST_F(Fetching, a_cut_body_is_no_file) {
  for (const std::string answer :
       {"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"}) {
    const ScriptedServer server(answer);
    expect_says(refusal(fetch(server)), "broke before the end");
  }
}

TEST_F(Fetching, bytes_after_the_length_are_not_the_file) {
  const ScriptedServer server(ok("hello") + "and more");
  EXPECT_EQ(fetch(server).body, "hello");
}

TEST_F(Fetching, no_status_but_200_is_a_file) {
  for (const std::string status :
       {"201", "203", "204", "206", "300", "304", "403", "404", "410", "418", "500", "503"}) {
    const ScriptedServer server("HTTP/1.1 " + status + " Some\r\nContent-Length: 1\r\n\r\nx");
    expect_says(refusal(fetch(server)), "status " + status);
  }
}

TEST_F(Fetching, what_is_no_http_is_refused) {
  for (const std::string answer :
       {"SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "<html></html>\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx"}) {
    const ScriptedServer server(answer);
    expect_says(refusal(fetch(server)), "no proper HTTP");
  }
  const ScriptedServer chunks(
      std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"));
  expect_says(refusal(fetch(chunks)), "no proper HTTP");
}

TEST_F(Fetching, a_server_that_says_nothing_is_told) {
  const ScriptedServer server(std::string(""));
  expect_says(refusal(fetch(server)), "without an answer");
}

TEST_F(Fetching, a_compressed_body_is_refused) {
  for (const std::string coding : {"gzip", "br", "deflate", "identity\r\nContent-Encoding: gzip"}) {
    const ScriptedServer server(ok("x", "Content-Encoding: " + coding + "\r\n"));
    expect_says(refusal(fetch(server)), "Content-Encoding");
  }
  const ScriptedServer transfer(std::string(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"));
  expect_says(refusal(fetch(transfer)), "Transfer-Encoding");
  const ScriptedServer identity(ok("x", "Content-Encoding: Identity\r\n"));
  EXPECT_EQ(fetch(identity).body, "x");
}

TEST_F(Fetching, the_header_has_a_limit) {
  const ScriptedServer fits(ok("x", "X-Long: " + std::string(15'000, 'x') + "\r\n"));
  EXPECT_EQ(fetch(fits).body, "x");
  const ScriptedServer server(ok("x", "X-Long: " + std::string(17'000, 'x') + "\r\n"));
  expect_says(refusal(fetch(server)), "16384 bytes");
  const ScriptedServer endless([](Peer& peer) {
    peer.send("HTTP/1.1 200 OK\r\n");
    for (int i = 0; i < 1000; ++i)
      peer.send("X-" + std::to_string(i) + ": " + std::string(100, 'x') + "\r\n");
  });
  expect_says(refusal(fetch(endless)), "16384 bytes");
}

TEST_F(Fetching, a_chunk_header_has_a_limit) {
  const ScriptedServer server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;" +
                              std::string(100'000, 'x'));
  expect_says(refusal(fetch(server)), "16384 bytes");
}

TEST_F(Fetching, a_server_that_does_not_answer_runs_out_of_time) {
  const ScriptedServer server([](Peer& peer) { peer.hold(); });
  auto quick = options(server);
  quick.deadlines.answer = milliseconds(100);
  expect_says(refusal(fetch(quick, url(server))), "took too long");
}

TEST_F(Fetching, a_body_that_stops_runs_out_of_time) {
  const ScriptedServer server([](Peer& peer) {
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
    peer.hold();
  });
  auto quick = options(server);
  quick.deadlines.idle = milliseconds(100);
  const auto fetched = fetch(quick, url(server));
  EXPECT_EQ(fetched.body, "hello");
  expect_says(refusal(fetched), "took too long");
}

TEST_F(Fetching, a_body_that_trickles_runs_out_of_all_its_time) {
  std::atomic<bool> over = false;
  const ScriptedServer server([&](Peer& peer) {
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
    while (!over) {
      peer.send("x");
      std::this_thread::sleep_for(milliseconds(10));
    }
  });
  auto quick = options(server);
  quick.deadlines.total = milliseconds(300);
  const auto message = refusal(fetch(quick, url(server)));
  over = true;
  expect_says(message, "took too long");
}

TEST_F(Fetching, a_closed_port_is_told) {
  std::uint16_t port = 0;
  NetHttpFetcher::Options allowed;
  {
    const ScriptedServer gone(ok("x"));
    port = gone.port();
    allowed = options(gone);
  }
  expect_says(refusal(fetch(allowed, "http://files.test:" + std::to_string(port) + "/")),
              "refused");
}

TEST_F(Fetching, the_next_address_is_tried_when_one_does_not_answer) {
  names_["files.test"] = {"::1", "127.0.0.1"};
  const ScriptedServer server(ok("hello"));
  EXPECT_EQ(fetch(server).body, "hello");
}

base::task<bool> is_refused(NetHttpFetcher& fetcher, std::string url) {
  try {
    (void)co_await fetcher.fetch(domain::parse_web_address(url).value(), {});
    co_return false;
  } catch (const base::Unavailable& error) {
    co_return error.kind() == base::Unavailable::Kind::Retry;
  }
}

base::task<void> fill_and_leave(NetHttpFetcher& fetcher, std::string url) {
  {
    const auto open = co_await fetcher.fetch(domain::parse_web_address(url).value(), {});
    EXPECT_TRUE(open.has_value());
    const bool refused = co_await is_refused(fetcher, url);
    EXPECT_TRUE(refused);
  }
  const bool refused = co_await is_refused(fetcher, url);
  EXPECT_FALSE(refused);
}

TEST_F(Fetching, too_many_at_once_are_refused_until_one_ends) {
  const ScriptedServer server(ok("hello"));
  auto narrow = options(server);
  narrow.at_once = 1;
  NetHttpFetcher fetcher(narrow);
  support::run(fill_and_leave(fetcher, url(server)));
}

}  // namespace
}  // namespace pixelvault::port_suites
