// Which idempotency keys are being used by uploads of this process right now, so that a retry that
// overtakes its first request waits for it instead of sending the file into the void. Any thread
// may call. Across processes, and after a crash, the image store decides alone.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/error.hpp"
#include "ports/clock.hpp"
#include "ports/image_store.hpp"

namespace pixelvault::services {

class KeyClaims {
 public:
  /// How often and how long a request looks whether another one with its key is over.
  struct Patience {
    std::chrono::milliseconds step{20};
    std::chrono::milliseconds limit{5000};
  };

  /// At most this many keys are claimed at once; uploads above that go on unclaimed, and the store
  /// decides between them.
  static constexpr std::size_t kMaxClaims = 16'384;

  /// The right to be the one upload with its key; gives it back when it dies. Empty when there is
  /// nothing to hold: no key, or one whose upload has ended. Must not outlive its KeyClaims.
  class Claim {
   public:
    Claim() = default;
    Claim(KeyClaims& claims, std::string name) : claims_(&claims), name_(std::move(name)) {}
    Claim(Claim&& other) noexcept
        : claims_(std::exchange(other.claims_, nullptr)), name_(std::move(other.name_)) {}
    Claim& operator=(Claim&& other) noexcept {
      std::swap(claims_, other.claims_);
      name_.swap(other.name_);
      return *this;
    }
    Claim(const Claim&) = delete;
    Claim& operator=(const Claim&) = delete;
    ~Claim() {
      if (claims_ != nullptr) claims_->release(name_);
    }
    bool held() const { return claims_ != nullptr; }

   private:
    KeyClaims* claims_ = nullptr;
    std::string name_;
  };

  KeyClaims(ports::ImageStore& images, ports::Clock& clock, Patience patience)
      : images_(images), clock_(clock), patience_(patience) {}

  /// Claims the caller's key. While another request has it, waits until that one has ended, at most
  /// as long as the patience lasts: then IdempotencyInProgress.
  base::task<domain::Result<Claim>> claim(const domain::Caller& caller,
                                          std::optional<std::string> key);

 private:
  enum class Attempt { Claimed, Taken, Full };
  bool is_taken(const std::string& name);
  Attempt attempt(const std::string& name);
  void release(const std::string& name);

  ports::ImageStore& images_;
  ports::Clock& clock_;
  Patience patience_;
  std::mutex mutex_;
  std::unordered_set<std::string> names_;
};

}  // namespace pixelvault::services
