#include "services/bandwidth.hpp"

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

#include "base/unavailable.hpp"
#include "domain/month.hpp"
#include "services/quota_errors.hpp"

namespace pixelvault::services {

namespace {

constexpr std::chrono::seconds kFresh{60};  // how long an account's use is believed
constexpr std::size_t kBatch = 500;

/// Nobody holds it and it holds nothing: a new one is as good.
bool is_idle(const Bandwidth::Meter& meter) {
  return meter.use_count() == 1 && meter->booked() == 0;
}

}  // namespace

Bandwidth::Meter Bandwidth::meter(const domain::ProjectId& project) {
  auto& place = shard(project);
  const std::scoped_lock lock(place.mutex);
  if (const auto found = place.meters.find(project); found != place.meters.end()) {
    return found->second;
  }
  if (place.meters.size() >= kMaxMeters) {
    std::erase_if(place.meters, [](const auto& entry) { return is_idle(entry.second); });
  }
  auto made = std::make_shared<BandwidthMeter>(project);
  place.meters.emplace(project, made);
  return made;
}

base::task<std::optional<domain::Error>> Bandwidth::find_excess(Meter meter) {
  const auto now = clock_.now();
  if (!meter->is_fresh(now)) co_await ask(meter, domain::month_of(now).name);
  const auto& plan = *meter->plan();
  const auto limit = plan.bandwidth_bytes_per_month;
  const auto used = meter->used();
  if (!limit || used < *limit) co_return std::nullopt;
  const UsedUp used_up{
      .quota = domain::Quota::Bandwidth, .plan = plan.name, .limit = *limit, .used = used};
  co_return quota_error(used_up, now);
}

base::task<void> Bandwidth::flush() {
  const auto month = domain::month_of(clock_.now()).name;
  const auto booked = take_booked();
  for (std::size_t done = 0; done < booked.size(); done += kBatch) {
    const std::span rest(booked.begin() + static_cast<std::ptrdiff_t>(done), booked.end());
    const auto batch = rest.first(std::min(rest.size(), kBatch));
    try {
      co_await write(batch, month);
    } catch (const base::Unavailable& error) {
      // What may have been written must not be counted twice.
      const bool unknown = error.kind() == base::Unavailable::Kind::Fail;
      for (const auto& [meter, bytes] : unknown ? rest.subspan(batch.size()) : rest) {
        meter->book(bytes);
      }
      throw;
    }
  }
  for (const auto& booking : booked) co_await ask(booking.meter, month);
}

base::task<void> Bandwidth::ask(Meter meter, std::string month) {
  const auto now = clock_.now();
  const auto use = co_await usage_.find_bandwidth(meter->project(), std::move(month));
  const auto& plan = plans_.of(use ? use->plan : std::string());
  meter->set(use ? use->bytes : 0, plan, now, std::min(now + kFresh, domain::month_of(now).end));
}

std::vector<Bandwidth::Booking> Bandwidth::take_booked() {
  std::vector<Booking> booked;
  for (auto& place : shards_) {
    const std::scoped_lock lock(place.mutex);
    for (const auto& [project, meter] : place.meters) {
      if (const auto bytes = meter->take_booked()) booked.push_back({meter, bytes});
    }
  }
  return booked;
}

base::task<void> Bandwidth::write(std::span<const Booking> batch, std::string month) {
  std::vector<ports::SentBytes> sent;
  sent.reserve(batch.size());
  for (const auto& [meter, bytes] : batch) sent.push_back({meter->project(), bytes});
  co_await usage_.book_bandwidth(std::move(sent), std::move(month));
}

Bandwidth::Shard& Bandwidth::shard(const domain::ProjectId& project) {
  return shards_.at(std::hash<domain::ProjectId>{}(project) % kShards);
}

}  // namespace pixelvault::services
