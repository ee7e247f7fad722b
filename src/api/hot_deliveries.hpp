// The pictures that are asked for again and again, by their paths: all that an answer needs but the
// permission to send it, which is asked anew. Every thread keeps its own, so that cores do not
// meet. Any thread may call; no call waits.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "api/delivery_fields.hpp"
#include "base/stripes.hpp"
#include "services/delivery.hpp"

namespace pixelvault::api {

class HotDeliveries {
 public:
  struct Delivery {
    services::DeliveryService::Warrant warrant;
    DeliveryFields::Shared fields;
    std::size_t route = 0;  ///< as `http::RequestNotes::route`
  };
  using Shared = std::shared_ptr<const Delivery>;

  /// Of one thread. A thread that has more begins again from none: what is hot comes back at once.
  static constexpr std::size_t kPaths = 2048;

  /// Null when this thread has not delivered it lately.
  Shared find(std::string_view path);
  void keep(std::string_view path, Delivery delivery);

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view path) const noexcept {
      return std::hash<std::string_view>{}(path);
    }
  };
  struct Stripe {
    std::mutex mutex;  // for the case that there are more threads than stripes
    std::unordered_map<std::string, Shared, Hash, std::equal_to<>> deliveries;
    std::array<std::byte, base::kCacheLine> between{};
  };

  Stripe& own() { return stripes_[base::stripe_of_thread()]; }

  std::array<Stripe, base::kStripes> stripes_;
};

}  // namespace pixelvault::api
