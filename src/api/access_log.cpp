#include "api/access_log.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "domain/trace_context.hpp"

namespace pixelvault::api {

using base::LogFields;

namespace {

constexpr std::array<std::string_view, 3> kCredentials{"pv_live_", "pv_test_", "pv_sess_"};

/// The text with nothing of a credential but its prefix: somebody puts one into a path some day.
std::string without_credentials(std::string_view text) {
  std::string safe(text);
  if (!safe.contains("pv_")) return safe;
  for (const auto prefix : kCredentials) {
    for (auto at = safe.find(prefix); at != std::string::npos;) {
      const auto from = at + prefix.size();
      safe.replace(from, std::min(safe.find('/', from), safe.size()) - from, "***");
      at = safe.find(prefix, from);
    }
  }
  return safe;
}

/// Of a delivery, project and image stand in the path: `/proj_x/img_y.jpg`,
/// `/proj_x/cp/i/img_y.jpg`. A text has them there; in JSON they are members like any other's.
void add_delivered(LogFields& line, std::string_view path) {
  if (!path.starts_with("/proj_")) return;
  const auto project = path.substr(1, path.find('/', 1) - 1);
  const auto file = path.substr(path.rfind('/') + 1);
  line.add("project", without_credentials(project));
  line.add("image", without_credentials(file.substr(0, file.find('.'))));
}

void add_trace(LogFields& line, const http::Request& request) {
  const auto header = request.header("traceparent");
  if (!header) return;
  const auto trace = domain::parse_traceparent(*header);
  if (trace) line.add("trace_id", trace->trace_id);
}

void add_request(LogFields& line, const http::Request& request, bool json) {
  for (const auto& [name, value] : request.notes.fields) line.add(name, value);
  if (json && request.notes.fields.empty()) add_delivered(line, request.target.path);
  line.add("remote", request.remote_address);
  add_trace(line, request);
}

}  // namespace

LogFields access_line(const http::Exchange& exchange, std::string_view route,
                      base::LogFormat format) {
  const bool json = format == base::LogFormat::Json;
  LogFields line(format);
  if (json) line.add("message", "request");
  line.add_bare("method", exchange.method);
  line.add_bare("path", without_credentials(exchange.path));
  line.add_bare("status", exchange.status);
  if (json) line.add("route", route);
  line.add(json ? "bytes_in" : "in", exchange.body_bytes_read);
  line.add(json ? "bytes_out" : "out", exchange.body_bytes_sent);
  line.add(json ? "micros" : "us", static_cast<std::uint64_t>(exchange.took.count()));
  line.add_bare("request_id", without_credentials(exchange.request_id));
  if (exchange.request != nullptr) add_request(line, *exchange.request, json);
  if (!exchange.complete) line.add("cut", "yes");
  return line;
}

}  // namespace pixelvault::api
