#include "api/request_metrics.hpp"

#include <gtest/gtest.h>

#include "api/problem.hpp"

namespace pixelvault::api {
namespace {

base::task<http::Response> answers(http::Request&, http::PathValues) { co_return http::Response{}; }

class RequestMetricsTest : public testing::Test {
 protected:
  void count(const http::Request* request, unsigned status, bool complete = true) {
    metrics_.count({.method = "GET",
                    .path = "/a/secret",
                    .request_id = "req_1",
                    .status = status,
                    .body_bytes_read = 3,
                    .body_bytes_sent = 5,
                    .took = std::chrono::microseconds(400),
                    .complete = complete,
                    .request = request});
  }
  void expect(const std::string& line) {
    EXPECT_NE(base::metrics_text().find('\n' + line + '\n'), std::string::npos) << line;
  }

  RequestMetrics metrics_{{{http::Method::Get, "/a/:id", answers}}};
};

constexpr const char* kRequests = "pixelvault_http_requests_total";
constexpr const char* kSeconds = "pixelvault_http_request_seconds";

TEST_F(RequestMetricsTest, a_request_counts_for_its_route_and_never_for_its_path) {
  http::Request request;
  request.notes.route = 0;
  count(&request, 204);
  count(&request, 404, false);
  const std::string labels = "{method=\"GET\",route=\"/a/:id\"";
  expect(kRequests + labels + ",status=\"2xx\"} 1");
  expect(kRequests + labels + ",status=\"4xx\"} 1");
  expect(kRequests + labels + ",status=\"5xx\"} 0");
  expect(kSeconds + std::string("_bucket") + labels + ",le=\"0.00025\"} 0");
  expect(kSeconds + std::string("_bucket") + labels + ",le=\"0.0005\"} 2");
  expect("pixelvault_http_responses_total{status=\"204\"} 1");
  expect("pixelvault_http_received_bytes_total 6");
  expect("pixelvault_http_sent_bytes_total 10");
  expect("pixelvault_http_responses_cut_total 1");
  EXPECT_EQ(base::metrics_text().find("secret"), std::string::npos);
}

TEST_F(RequestMetricsTest, what_has_no_route_or_is_no_request_has_a_place_too) {
  const http::Request request;
  count(&request, 404);
  count(nullptr, 431);
  count(nullptr, 99);
  count(nullptr, 999);
  expect(std::string(kRequests) + "{method=\"-\",route=\"unmatched\",status=\"4xx\"} 1");
  expect(std::string(kRequests) + "{method=\"-\",route=\"malformed\",status=\"4xx\"} 1");
  expect("pixelvault_http_responses_total{status=\"other\"} 2");
}

TEST_F(RequestMetricsTest, a_request_is_in_flight_until_it_goes) {
  {
    http::Request request;
    request.notes.in_flight = metrics_.begin();
    expect("pixelvault_http_requests_in_flight 1");
  }
  expect("pixelvault_http_requests_in_flight 0");
}

TEST_F(RequestMetricsTest, every_status_of_an_error_has_a_counter) {
  for (int code = 0; code <= static_cast<int>(domain::ErrorCode::InsufficientStorage); ++code) {
    unsigned status = 0;
    try {
      status = status_of(static_cast<domain::ErrorCode>(code));
    } catch (const std::logic_error&) {
      continue;
    }
    expect("pixelvault_http_responses_total{status=\"" + std::to_string(status) + "\"} 0");
  }
}

}  // namespace
}  // namespace pixelvault::api
