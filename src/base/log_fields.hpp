// A line of the log that is made of names and values: `name=value …` as text, the members of an
// object as JSON. Whatever a value holds, the line stays one line. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pixelvault::base {

enum class LogFormat { Text, Json };

class LogFields {
 public:
  explicit LogFields(LogFormat format) : format_(format) { text_.reserve(kUsual); }

  /// A name is a literal that needs no escaping.
  void add(std::string_view name, std::string_view value);
  void add(std::string_view name, std::uint64_t value);
  /// In a text the value stands alone, for those that nobody needs the name of.
  void add_bare(std::string_view name, std::string_view value);
  void add_bare(std::string_view name, std::uint64_t value);

  const std::string& text() const { return text_; }

 private:
  void begin(std::string_view name, bool bare);
  void put(std::string_view value);

  static constexpr std::size_t kUsual = 512;  // bytes of a line

  LogFormat format_;
  std::string text_;
};

}  // namespace pixelvault::base
