#include "base/log.hpp"

#include <spdlog/pattern_formatter.h>

#include <memory>
#include <utility>

#include "base/json_text.hpp"
#include "base/log_sink.hpp"

namespace pixelvault::base {

namespace {

// The formatter knows lines that are members of an object already by the name of their logger.
constexpr const char* kFieldsLogger = "fields";

// Set before threads start.
LogFormat format_of_lines = LogFormat::Text;
std::shared_ptr<spdlog::logger> fields_logger;

/// One JSON object a line: time, level, and the message or the fields.
class JsonFormatter final : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& line) override {
    head_.format(message, line);
    const std::string_view text(message.payload.data(), message.payload.size());
    std::string members;
    if (message.logger_name == kFieldsLogger) {
      members = text;
    } else {
      members = R"("message":)";
      append_json_text(members, text);
    }
    members += "}\n";
    line.append(members);
  }

  std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<JsonFormatter>();
  }

 private:
  spdlog::pattern_formatter head_{R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",)",
                                  spdlog::pattern_time_type::utc, ""};
};

std::unique_ptr<spdlog::formatter> make_formatter(LogFormat format) {
  if (format == LogFormat::Json) return std::make_unique<JsonFormatter>();
  return std::make_unique<spdlog::pattern_formatter>("%Y-%m-%dT%H:%M:%S.%eZ %l %v",
                                                     spdlog::pattern_time_type::utc);
}

}  // namespace

void configure_log(const LogOptions& options) {
  auto sink = std::make_shared<LogSink>(LogSink::Options{});
  sink->set_formatter(make_formatter(options.format));
  format_of_lines = options.format;
  fields_logger = std::make_shared<spdlog::logger>(kFieldsLogger, sink);
  fields_logger->set_level(spdlog::level::from_str(options.level));
  spdlog::set_default_logger(std::make_shared<spdlog::logger>("pixelvault", std::move(sink)));
  spdlog::set_level(spdlog::level::from_str(options.level));
}

LogFormat log_format() { return format_of_lines; }

bool logs_info() { return spdlog::should_log(spdlog::level::info); }

void log_fields(const LogFields& fields) {
  auto* logger = fields_logger ? fields_logger.get() : spdlog::default_logger_raw();
  logger->log(spdlog::level::info, fields.text());
}

}  // namespace pixelvault::base
