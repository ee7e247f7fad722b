#include "app/config.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>

#include "app/plan_settings.hpp"
#include "app/values.hpp"
#include "base/log.hpp"
#include "domain/web_address.hpp"

namespace pixelvault::app {
namespace {

using Fault = std::optional<std::string>;  // what is wrong with a value, as the end of a sentence

Fault apply_data(Config& config, const std::string& value) {
  if (value.empty()) return "is empty: it must be a folder";
  config.data = value;
  return {};
}

Fault apply_blobs(Config& config, const std::string& value) {
  if (value != "segments" && value != "folder") return "is neither segments nor folder";
  config.blobs = value == "segments" ? BlobLayout::Segments : BlobLayout::Folder;
  return {};
}

constexpr const char* kNoAddress =
    "is not an IP address and a port, such as 127.0.0.1:8080 or [::1]:8080";

std::optional<ListenAddress> parse_listen(const std::string& value) {
  const auto colon = value.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  auto host = value.substr(0, colon);
  if (host == "localhost") host = "127.0.0.1";
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  boost::system::error_code error;
  boost::asio::ip::make_address(host, error);
  const auto port = parse_number<std::uint16_t>(std::string_view(value).substr(colon + 1), 65535);
  if (error || !port) return std::nullopt;
  return ListenAddress{.address = host, .port = *port};
}

Fault apply_listen(Config& config, const std::string& value) {
  auto listen = parse_listen(value);
  if (!listen) return kNoAddress;
  config.address = std::move(listen->address);
  config.port = listen->port;
  return {};
}

Fault apply_admin_listen(Config& config, const std::string& value) {
  auto listen = parse_listen(value);
  if (!listen && value != "off") return std::string(kNoAddress) + ", nor off";
  config.admin_listen = std::move(listen);
  return {};
}

Fault apply_public_url(Config& config, const std::string& value) {
  const bool web = value.starts_with("https://") || value.starts_with("http://");
  const bool plain = value.find_first_of("?# \t\r\n\"") == std::string::npos;
  if (!web || !plain || value.ends_with("://")) {
    return "is not an http:// or https:// URL without query, such as https://cdn.example.com";
  }
  config.public_url = value.substr(0, value.find_last_not_of('/') + 1);
  return {};
}

Fault apply_default_plan(Config& config, const std::string& value) {
  if (config.plans.find(value) == nullptr) {
    std::string names;
    for (const auto& plan : config.plans.all()) names += (names.empty() ? "" : ", ") + plan.name;
    return "is no plan; there are " + names;
  }
  config.default_plan = value;
  return {};
}

Fault apply_threads(Config& config, const std::string& value) {
  const auto threads = parse_number<std::size_t>(value, 1024);
  if (!threads) return "is not a number from 0 (one a core) to 1024";
  config.threads = *threads;
  return {};
}

Fault apply_max_connections(Config& config, const std::string& value) {
  const auto connections = parse_number<std::size_t>(value, 1'000'000);
  if (!connections) return "is not a number from 0 (what open files allow) to 1000000";
  config.max_connections = *connections;
  return {};
}

Fault apply_max_connections_per_address(Config& config, const std::string& value) {
  const auto connections = parse_number<std::size_t>(value, 1'000'000);
  if (!connections) return "is not a number from 0 (no limit) to 1000000";
  config.max_connections_per_address = *connections;
  return {};
}

Fault apply_max_requests(Config& config, const std::string& value) {
  const auto requests = parse_number<std::size_t>(value, 1'000'000);
  if (!requests || *requests == 0) return "is not a number from 1 to 1000000";
  config.max_requests = *requests;
  return {};
}

Fault apply_min_transfer_rate(Config& config, const std::string& value) {
  const auto rate = parse_number<std::uint64_t>(value, 1'000'000'000);
  if (!rate) return "is not a number of bytes a second from 0 (any) to 1000000000";
  config.min_transfer_rate = *rate;
  return {};
}

Fault apply_proxies(Config& config, const std::string& value) {
  const auto proxies = parse_number<std::size_t>(value, 16);
  if (!proxies) return "is not a number from 0 to 16";
  config.proxies = *proxies;
  return {};
}

using services::RateLimiter;

template <domain::RateLimit RateLimiter::Options::* Limit>
Fault apply_rate(Config& config, const std::string& value) {
  const auto limit = parse_rate(value);
  if (!limit) return "is not REQUESTS/SECONDSs, such as 600/60s, or off";
  config.rate_limits.*Limit = *limit;
  return {};
}

template <bool Config::* Switch>
Fault apply_switch(Config& config, const std::string& value) {
  if (value != "on" && value != "off") return "is neither on nor off";
  config.*Switch = value == "on";
  return {};
}

Fault apply_import_allow(Config& config, const std::string& value) {
  config.import_allow.clear();
  for (std::size_t start = 0; start < value.size();) {
    const auto end = std::min(value.find(',', start), value.size());
    if (end == start) return "has an empty entry; write host or host:port, with commas between";
    const auto host = value.substr(start, end - start);
    if (!domain::parse_host_and_port(host))
      return "has '" + host + "', which is not host or host:port";
    config.import_allow.push_back(host);
    start = end + 1;
  }
  return {};
}

Fault apply_import_ca_file(Config& config, const std::string& value) {
  if (!std::filesystem::is_regular_file(value)) return "is no file";
  config.import_ca_file = value;
  return {};
}

Fault apply_log_level(Config& config, const std::string& value) {
  constexpr std::array kLevels = {"trace", "debug", "info", "warn", "error", "off"};
  if (std::ranges::find(kLevels, value) == kLevels.end()) {
    return "is no level: it must be trace, debug, info, warn, error or off";
  }
  config.log.level = value;
  return {};
}

Fault apply_log_format(Config& config, const std::string& value) {
  if (value != "text" && value != "json") return "is neither text nor json";
  config.log.format = value == "json" ? base::LogFormat::Json : base::LogFormat::Text;
  return {};
}

constexpr std::array kSettings = {
    Setting{"data", "DIR", "Folder of the database and the pictures [data]", apply_data},
    Setting{"blobs", "LAYOUT",
            "Where new pictures go: segments (appended to large files) or folder (a file each) "
            "[segments]",
            apply_blobs},
    Setting{"listen", "HOST:PORT",
            "Address and port to listen on; port 0 lets the system choose [127.0.0.1:8080]",
            apply_listen},
    Setting{"admin_listen", "HOST:PORT",
            "Address and port of /metrics, /healthz and /readyz for the operator, or off [off]",
            apply_admin_listen},
    Setting{"public_url", "URL",
            "Base of the URLs of pictures, such as https://cdn.example.com [http://HOST:PORT]",
            apply_public_url},
    Setting{"default_plan", "PLAN",
            "Plan of new accounts: free, starter, pro, unlimited, or one of your own [free]",
            apply_default_plan},
    Setting{"rate_limit_requests", "N/SECs", "Requests of one key; off for no limit [60000/60s]",
            apply_rate<&RateLimiter::Options::requests>},
    Setting{"rate_limit_register", "N/SECs", "Registrations from one address [1000/3600s]",
            apply_rate<&RateLimiter::Options::registrations>},
    Setting{"rate_limit_login", "N/SECs", "Logins from one address [300/300s]",
            apply_rate<&RateLimiter::Options::logins>},
    Setting{"rate_limit_account", "N/SECs", "Logins to one account [20/300s]",
            apply_rate<&RateLimiter::Options::account_logins>},
    Setting{"import", "on|off", "Whether clients may have images fetched from URLs [on]",
            apply_switch<&Config::import>},
    Setting{
        "import_allow", "HOSTS",
        "Hosts (host or host:port, with commas) that are fetched from though they are not public",
        apply_import_allow},
    Setting{"import_ca_file", "FILE", "Certificates that are trusted besides the system's",
            apply_import_ca_file},
    Setting{"proxies", "N",
            "Trusted proxies in front: whose X-Forwarded-For is believed for the limits [0]",
            apply_proxies},
    Setting{"threads", "N", "Threads that serve connections; 0 is one a core [0]", apply_threads},
    Setting{"max_connections", "N",
            "Connections at the same time; 0 is what the limit of open files allows [0]",
            apply_max_connections},
    Setting{"max_connections_per_address", "N",
            "Connections of one client address; 0 is no limit, as with proxies [512]",
            apply_max_connections_per_address},
    Setting{"max_requests", "N", "Requests that run at the same time [1024]", apply_max_requests},
    Setting{"min_transfer_rate", "BYTES",
            "Bytes a second that a client must send or take, on average; 0 is any [1024]",
            apply_min_transfer_rate},
    Setting{"log_level", "LEVEL", "trace, debug, info, warn, error or off [info]", apply_log_level},
    Setting{"log_format", "FORM", "Lines of the log: text, or json, an object each [text]",
            apply_log_format},
    Setting{"access_log", "on|off", "A line of the log for every request, at level info [on]",
            apply_switch<&Config::access_log>},
};

void apply(Config& config, const Setting& setting, const std::string& value,
           const std::string& source) {
  if (const auto fault = setting.apply(config, value)) {
    throw ConfigError("The setting " + source + " is wrong: '" + value + "' " + *fault + ".");
  }
}

const Setting* find_setting(std::string_view name) {
  const auto* found = std::ranges::find(kSettings, name, &Setting::name);
  return found == kSettings.end() ? nullptr : found;
}

std::string text_of(const toml::node& node, const std::string& source) {
  if (const auto text = node.value_exact<std::string>()) return *text;
  if (const auto number = node.value_exact<std::int64_t>()) return std::to_string(*number);
  throw ConfigError("The setting " + source + " is wrong: it must be a text or a whole number.");
}

toml::table parse_file(const std::filesystem::path& file) {
  try {
    return toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    throw ConfigError("The configuration file " + file.string() + " cannot be read: line " +
                      std::to_string(error.source().begin.line) + ": " +
                      std::string(error.description()) + ".");
  }
}

void apply_file(Config& config, const std::filesystem::path& file) {
  const auto table = parse_file(file);
  // The plans come first: a setting may name one.
  if (const auto* plans = table.get("plans")) apply_plans(config.plans, *plans, file.string());
  for (const auto& [key, node] : table) {
    if (key.str() == "plans") continue;
    const std::string source = std::string(key.str()) + " in " + file.string();
    const auto* setting = find_setting(key.str());
    if (setting == nullptr)
      throw ConfigError("The setting " + source + " is unknown: check its spelling.");
    apply(config, *setting, text_of(node, source), source);
  }
}

void apply_environment(Config& config, const Environment& environment) {
  for (const auto& [name, value] : environment) {
    const auto* setting = std::ranges::find(kSettings, name, environment_name);
    if (setting != kSettings.end()) {
      apply(config, *setting, value, name);
    } else if (name != kConfigVariable) {
      spdlog::warn("the environment variable {} is no setting and is ignored", name);
    }
  }
}

}  // namespace

std::span<const Setting> settings() { return kSettings; }

std::string flag_name(const Setting& setting) {
  std::string name = "--" + std::string(setting.name);
  std::ranges::replace(name, '_', '-');
  return name;
}

std::string environment_name(const Setting& setting) {
  std::string name = "PIXELVAULT_" + std::string(setting.name);
  for (char& c : name) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return name;
}

Config load_config(const std::optional<std::filesystem::path>& file, const Environment& environment,
                   const GivenFlags& flags) {
  Config config;
  if (file) apply_file(config, *file);
  apply_environment(config, environment);
  for (const auto& [setting, value] : flags) apply(config, *setting, value, flag_name(*setting));
  return config;
}

}  // namespace pixelvault::app
