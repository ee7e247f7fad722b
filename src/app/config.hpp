// The settings of a server and where they come from: a TOML file, then the environment, then flags;
// the later wins. One table holds them all, so that a setting is the same in all three.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/log.hpp"
#include "domain/plan.hpp"
#include "services/rate_limiter.hpp"

namespace pixelvault::app {

/// The shipped limits stop floods and guessing, not customers.
inline constexpr services::RateLimiter::Options kShippedLimits{
    .requests = {.requests = 60'000, .period = std::chrono::minutes(1)},
    .registrations = {.requests = 1000, .period = std::chrono::hours(1)},
    .logins = {.requests = 300, .period = std::chrono::minutes(5)},
    .account_logins = {.requests = 20, .period = std::chrono::minutes(5)}};

/// Where new blobs are kept below the data folder: appended to segment files, or a file each.
enum class BlobLayout { Segments, Folder };

/// An IP address and a port; 0: the kernel chooses.
struct ListenAddress {
  std::string address;
  std::uint16_t port = 0;
};

struct Config {
  std::filesystem::path data = "data";
  BlobLayout blobs = BlobLayout::Segments;
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;                  ///< 0: the kernel chooses
  std::optional<ListenAddress> admin_listen;  ///< metrics and health; nothing: off
  std::optional<std::string> public_url;      ///< without a slash at its end
  std::string default_plan = "free";
  domain::Plans plans = domain::Plans::shipped();
  services::RateLimiter::Options rate_limits = kShippedLimits;
  bool import = true;                     ///< whether images are fetched from URLs
  std::vector<std::string> import_allow;  ///< `host` or `host:port`, beyond the public web
  std::optional<std::filesystem::path> import_ca_file;  ///< trusted besides the system's
  std::size_t proxies = 0;          ///< trusted ones between the clients and this server
  std::size_t threads = 0;          ///< 0: one a core
  std::size_t max_connections = 0;  ///< 0: as many as open files allow
  std::size_t max_connections_per_address = 512;  ///< 0: no limit
  std::size_t max_requests = 1024;                ///< that run at the same time
  std::uint64_t min_transfer_rate = 1024;         ///< bytes a second; 0: any
  base::LogOptions log;
  bool access_log = true;  ///< a line for every request
};

/// A wrong setting. The text is one sentence that names the setting and where it was given.
class ConfigError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Setting {
  std::string_view
      name;  ///< in TOML; `--name` with dashes as a flag, PIXELVAULT_NAME in the environment
  std::string_view value;  ///< what stands for the value in help, e.g. `HOST:PORT`
  std::string_view help;
  /// Stores the value; gives what is wrong with it otherwise, as the end of a sentence.
  std::optional<std::string> (*apply)(Config& config, const std::string& value);
};

std::span<const Setting> settings();

std::string flag_name(const Setting& setting);
std::string environment_name(const Setting& setting);

/// The variable that names the configuration file; no setting, since a file cannot name itself.
inline constexpr const char* kConfigVariable = "PIXELVAULT_CONFIG";

/// Name and value of each setting that was given as a flag.
using GivenFlags = std::vector<std::pair<const Setting*, std::string>>;
/// The environment variables that begin with PIXELVAULT_, by name.
using Environment = std::map<std::string, std::string>;

/// Throws ConfigError. `file` must be readable when it is given. A variable that is no setting is
/// warned of and ignored: container platforms put names of their own there
/// (PIXELVAULT_SERVICE_HOST).
Config load_config(const std::optional<std::filesystem::path>& file, const Environment& environment,
                   const GivenFlags& flags);

}  // namespace pixelvault::app
