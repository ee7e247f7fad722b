#include "http/http_date.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace pixelvault::http {
namespace {

using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 7> kLongDays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                       "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// Reads fixed forms from left to right. After the first mismatch everything reads as zero, and
/// `finished` is false.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  void expect(std::string_view literal) {
    if (rest_.starts_with(literal)) {
      rest_.remove_prefix(literal.size());
    } else {
      matches_ = false;
    }
  }

  bool skip(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  unsigned number(std::size_t digits) {
    unsigned value = 0;
    for (; digits > 0 && matches_; --digits) {
      matches_ = !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
      if (!matches_) return 0;
      value = value * 10 + static_cast<unsigned>(rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    return value;
  }

  /// The index of the name that stands here.
  unsigned name(Names names) {
    const auto found =
        std::ranges::find_if(names, [this](auto name) { return rest_.starts_with(name); });
    if (found == names.end()) {
      matches_ = false;
      return 0;
    }
    rest_.remove_prefix(found->size());
    return static_cast<unsigned>(found - names.begin());
  }

  bool finished() const { return matches_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool matches_ = true;
};

struct Fields {
  unsigned year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
};

void read_time(Cursor& cursor, Fields& fields) {
  fields.hour = cursor.number(2);
  cursor.expect(":");
  fields.minute = cursor.number(2);
  cursor.expect(":");
  fields.second = cursor.number(2);
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`
Fields read_imf_fixdate(Cursor& cursor) {
  Fields fields;
  cursor.name(kDays);
  cursor.expect(", ");
  fields.day = cursor.number(2);
  cursor.expect(" ");
  fields.month = cursor.name(kMonths) + 1;
  cursor.expect(" ");
  fields.year = cursor.number(4);
  cursor.expect(" ");
  read_time(cursor, fields);
  cursor.expect(" GMT");
  return fields;
}

/// `Sunday, 06-Nov-94 08:49:37 GMT`
Fields read_rfc850(Cursor& cursor) {
  Fields fields;
  cursor.name(kLongDays);
  cursor.expect(", ");
  fields.day = cursor.number(2);
  cursor.expect("-");
  fields.month = cursor.name(kMonths) + 1;
  cursor.expect("-");
  const unsigned year = cursor.number(2);
  fields.year = year + (year < 70 ? 2000 : 1900);
  cursor.expect(" ");
  read_time(cursor, fields);
  cursor.expect(" GMT");
  return fields;
}

/// `Sun Nov  6 08:49:37 1994`
Fields read_asctime(Cursor& cursor) {
  Fields fields;
  cursor.name(kDays);
  cursor.expect(" ");
  fields.month = cursor.name(kMonths) + 1;
  cursor.expect(" ");
  fields.day = cursor.skip(' ') ? cursor.number(1) : cursor.number(2);
  cursor.expect(" ");
  read_time(cursor, fields);
  cursor.expect(" ");
  fields.year = cursor.number(4);
  return fields;
}

/// Second 60 is a leap second, which the grammar allows; it counts as the next minute's first.
std::optional<std::chrono::sys_seconds> to_time(const Fields& fields) {
  using namespace std::chrono;
  const year_month_day date(year(static_cast<int>(fields.year)), month(fields.month),
                            day(fields.day));
  if (!date.ok() || fields.hour > 23 || fields.minute > 59 || fields.second > 60) {
    return std::nullopt;
  }
  return sys_days(date) + hours(fields.hour) + minutes(fields.minute) + seconds(fields.second);
}

void append_number(std::string& text, std::uint64_t value, std::size_t digits) {
  const auto number = std::to_string(value);
  text.append(digits - std::min(digits, number.size()), '0').append(number);
}

}  // namespace

std::string format_http_date(std::chrono::sys_seconds time) {
  using namespace std::chrono;
  const auto midnight = floor<days>(time);
  const year_month_day date(midnight);
  const hh_mm_ss clock(time - midnight);
  std::string text(kDays[weekday(midnight).c_encoding()]);
  text += ", ";
  append_number(text, unsigned(date.day()), 2);
  text.append(" ").append(kMonths[unsigned(date.month()) - 1]).append(" ");
  append_number(text, static_cast<std::uint64_t>(std::max(0, int(date.year()))), 4);
  text += ' ';
  append_number(text, static_cast<std::uint64_t>(clock.hours().count()), 2);
  text += ':';
  append_number(text, static_cast<std::uint64_t>(clock.minutes().count()), 2);
  text += ':';
  append_number(text, static_cast<std::uint64_t>(clock.seconds().count()), 2);
  return text + " GMT";
}

std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text) {
  for (auto* read : {read_imf_fixdate, read_rfc850, read_asctime}) {
    Cursor cursor(text);
    const auto fields = read(cursor);
    if (cursor.finished()) return to_time(fields);
  }
  return std::nullopt;
}

}  // namespace pixelvault::http
