#include "support/fake_link_key_store.hpp"

#include <algorithm>
#include <utility>

namespace pixelvault::support {

namespace {

void insert_in_order(std::vector<domain::LinkKey>& keys, domain::LinkKey key) {
  const auto older = std::ranges::find_if(
      keys, [&](const domain::LinkKey& other) { return other.created_at <= key.created_at; });
  keys.insert(older, std::move(key));
}

}  // namespace

base::task<std::vector<domain::LinkKey>> FakeLinkKeyStore::list() {
  const std::lock_guard lock(records_->mutex);
  co_return records_->link_keys;
}

base::task<void> FakeLinkKeyStore::add(domain::LinkKey key) {
  const std::lock_guard lock(records_->mutex);
  insert_in_order(records_->link_keys, std::move(key));
  co_return;
}

base::task<void> FakeLinkKeyStore::add_first(domain::LinkKey key) {
  const std::lock_guard lock(records_->mutex);
  if (records_->link_keys.empty()) insert_in_order(records_->link_keys, std::move(key));
  co_return;
}

base::task<void> FakeLinkKeyStore::forget_before(base::Timestamp time) {
  const std::lock_guard lock(records_->mutex);
  auto& keys = records_->link_keys;
  while (keys.size() > 1 && keys.back().created_at < time) keys.pop_back();
  co_return;
}

}  // namespace pixelvault::support
