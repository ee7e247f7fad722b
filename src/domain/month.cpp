#include "domain/month.hpp"

#include <chrono>

namespace pixelvault::domain {

Month month_of(base::Timestamp time) {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(time));
  const auto month = day.year() / day.month();
  const std::chrono::sys_days start = month / 1;
  const std::chrono::sys_days end = (month + std::chrono::months(1)) / 1;
  return {.name = base::to_rfc3339(start).substr(0, 7), .start = start, .end = end};
}

}  // namespace pixelvault::domain
