#include "app/config.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "support/temporary_directory.hpp"

namespace pixelvault::app {
namespace {

const Setting& setting(std::string_view name) {
  for (const auto& candidate : settings()) {
    if (candidate.name == name) return candidate;
  }
  throw std::out_of_range("no such setting");
}

/// The sentence that a wrong setting stops the start with.
std::string complaint(const std::optional<std::filesystem::path>& file,
                      const Environment& variables, const GivenFlags& flags) {
  try {
    load_config(file, variables, flags);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

class ConfigFile : public testing::Test {
 protected:
  std::filesystem::path write(const std::string& text) {
    const auto path = folder_.path() / "pixelvault.toml";
    std::ofstream(path) << text;
    return path;
  }
  support::TemporaryDirectory folder_;
};

TEST(Config, has_a_default_for_everything) {
  const auto config = load_config(std::nullopt, {}, {});
  EXPECT_EQ(config.data, "data");
  EXPECT_EQ(config.blobs, BlobLayout::Segments);
  EXPECT_EQ(config.address, "127.0.0.1");
  EXPECT_EQ(config.port, 8080);
  EXPECT_EQ(config.default_plan, "free");
  EXPECT_FALSE(config.public_url.has_value());
}

TEST_F(ConfigFile, flags_win_over_the_environment_and_that_over_the_file) {
  const auto file = write("listen = \"127.0.0.1:1\"\ndefault_plan = \"pro\"\nthreads = 3\n");
  const auto config =
      load_config(file, {{"PIXELVAULT_LISTEN", "127.0.0.1:2"}, {"PIXELVAULT_THREADS", "4"}},
                  {{&setting("listen"), "127.0.0.1:3"}});
  EXPECT_EQ(config.port, 3);
  EXPECT_EQ(config.threads, 4U);
  EXPECT_EQ(config.default_plan, "pro");
}

TEST(Config, reads_addresses_of_both_families) {
  const auto listen = [](const std::string& value) {
    return load_config(std::nullopt, {{"PIXELVAULT_LISTEN", value}}, {});
  };
  EXPECT_EQ(listen("[::1]:80").address, "::1");
  EXPECT_EQ(listen("localhost:80").address, "127.0.0.1");
  EXPECT_EQ(listen("0.0.0.0:0").port, 0);
}

TEST(Config, the_operators_listener_is_off_unless_it_has_an_address) {
  const auto admin = [](const std::string& value) {
    return load_config(std::nullopt, {{"PIXELVAULT_ADMIN_LISTEN", value}}, {}).admin_listen;
  };
  EXPECT_FALSE(load_config(std::nullopt, {}, {}).admin_listen);
  EXPECT_FALSE(admin("off"));
  ASSERT_TRUE(admin("[::1]:9090"));
  EXPECT_EQ(admin("[::1]:9090")->address, "::1");
  EXPECT_EQ(admin("[::1]:9090")->port, 9090);
}

TEST(Config, the_log_is_text_with_every_request_unless_asked_otherwise) {
  const auto shipped = load_config(std::nullopt, {}, {});
  EXPECT_EQ(shipped.log.format, base::LogFormat::Text);
  EXPECT_TRUE(shipped.access_log);
  const auto asked = load_config(
      std::nullopt, {{"PIXELVAULT_LOG_FORMAT", "json"}, {"PIXELVAULT_ACCESS_LOG", "off"}}, {});
  EXPECT_EQ(asked.log.format, base::LogFormat::Json);
  EXPECT_FALSE(asked.access_log);
}

TEST(Config, a_public_url_loses_its_last_slash) {
  const auto config =
      load_config(std::nullopt, {{"PIXELVAULT_PUBLIC_URL", "https://cdn.example.com/i/"}}, {});
  EXPECT_EQ(config.public_url, "https://cdn.example.com/i");
}

TEST(Config, every_wrong_value_is_named_with_its_setting) {
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"listen", "8080"},           {"listen", "127.0.0.1:"},  {"listen", "127.0.0.1:65536"},
      {"listen", "nowhere:80"},     {"public_url", "cdn.com"}, {"public_url", "https://"},
      {"public_url", "http://x?y"}, {"default_plan", "gold"},  {"threads", "-1"},
      {"threads", "many"},          {"log_level", "loud"},     {"data", ""},
      {"admin_listen", "9090"},     {"admin_listen", "on"},    {"log_format", "xml"},
      {"access_log", "yes"}};
  for (const auto& [name, value] : wrong) {
    const auto& entry = setting(name);
    EXPECT_NE(complaint(std::nullopt, {}, {{&entry, value}}).find(flag_name(entry)),
              std::string::npos)
        << value;
    EXPECT_NE(complaint(std::nullopt, {{environment_name(entry), value}}, {})
                  .find(environment_name(entry)),
              std::string::npos)
        << value;
  }
}

TEST_F(ConfigFile, unknown_keys_wrong_types_and_bad_syntax_are_named) {
  EXPECT_NE(complaint(write("listen = \"x\""), {}, {}).find("listen"), std::string::npos);
  EXPECT_NE(complaint(write("threads = [1]"), {}, {}).find("threads"), std::string::npos);
  EXPECT_NE(complaint(write("a = 1\nthreads ="), {}, {}).find("line 2"), std::string::npos);
  EXPECT_NE(complaint(folder_.path() / "absent.toml", {}, {}).find("absent.toml"),
            std::string::npos);
}

TEST(Config, a_variable_that_is_no_setting_changes_nothing) {
  EXPECT_EQ(complaint(std::nullopt, {{"PIXELVAULT_SERVICE_HOST", "x"}}, {}), "");
}

}  // namespace
}  // namespace pixelvault::app
