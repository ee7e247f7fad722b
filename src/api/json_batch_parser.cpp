#include "api/json_batch_parser.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <string>
#include <utility>

#include "api/json_batch_handler.hpp"

namespace pixelvault::api {

namespace json = boost::json;

struct JsonBatchParser::Machine {
  json::basic_parser<JsonBatchHandler> parser{json::parse_options{}};
};

namespace {

domain::Error invalid_json(const std::string& why) {
  return {.code = domain::ErrorCode::InvalidJson,
          .message = "The body is no valid JSON: " + why + "."};
}

}  // namespace

JsonBatchParser::JsonBatchParser() : machine_(std::make_unique<Machine>()) {}
JsonBatchParser::~JsonBatchParser() = default;

void JsonBatchParser::feed(std::string_view text) { parse(text, /*more=*/true); }

void JsonBatchParser::finish() { parse("", /*more=*/false); }

void JsonBatchParser::parse(std::string_view text, bool more) {
  auto& parser = machine_->parser;
  if (error_) return;
  json::error_code code;
  std::size_t taken = 0;
  if (!parser.done()) taken = parser.write_some(more, text.data(), text.size(), code);
  if (const auto& refused = parser.handler().error()) {
    error_ = refused;
  } else if (code) {
    error_ = invalid_json(code.message());
  } else if (text.find_first_not_of(" \t\r\n", taken) != std::string_view::npos) {
    error_ = invalid_json("something follows its end");
  }
}

std::optional<BatchEvent> JsonBatchParser::next() {
  auto& events = machine_->parser.handler().events();
  if (events.empty()) return std::nullopt;
  auto event = std::move(events.front());
  events.pop_front();
  return event;
}

}  // namespace pixelvault::api
