#include "api/hot_deliveries.hpp"

#include <utility>

namespace pixelvault::api {

HotDeliveries::Shared HotDeliveries::find(std::string_view path) {
  auto& stripe = own();
  const std::scoped_lock lock(stripe.mutex);
  const auto found = stripe.deliveries.find(path);
  return found == stripe.deliveries.end() ? nullptr : found->second;
}

void HotDeliveries::keep(std::string_view path, Delivery delivery) {
  auto kept = std::make_shared<const Delivery>(std::move(delivery));
  auto& stripe = own();
  const std::scoped_lock lock(stripe.mutex);
  if (stripe.deliveries.size() >= kPaths) stripe.deliveries.clear();
  stripe.deliveries.insert_or_assign(std::string(path), std::move(kept));
}

}  // namespace pixelvault::api
