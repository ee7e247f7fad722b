#include "support/failing_image_store.hpp"

#include <type_traits>
#include <utility>

namespace pixelvault::support {

template <class T>
base::task<T> FailingImageStore::pass(base::task<T> call) {
  const bool chosen = nth_.arrives();
  nth_.fail_before(chosen);
  if constexpr (std::is_void_v<T>) {
    co_await std::move(call);
    nth_.fail_after(chosen);
  } else {
    T result = co_await std::move(call);
    nth_.fail_after(chosen);
    co_return result;
  }
}

base::task<void> FailingImageStore::insert(domain::Image image) {
  return pass(inner_.insert(std::move(image)));
}

base::task<std::optional<domain::Image>> FailingImageStore::find(domain::ProjectId project,
                                                                 domain::ImageId image) {
  return pass(inner_.find(project, image));
}

base::task<ports::ImagePage> FailingImageStore::list(ports::ImageQuery query) {
  return pass(inner_.list(std::move(query)));
}

base::task<std::optional<domain::Image>> FailingImageStore::mark_deleted(
    domain::ProjectId project, domain::Environment environment, domain::ImageId image,
    base::Timestamp now) {
  return pass(inner_.mark_deleted(project, environment, image, now));
}

base::task<std::vector<std::string>> FailingImageStore::lease_removals(base::Timestamp now,
                                                                       base::Timestamp leased_until,
                                                                       std::uint32_t limit) {
  return pass(inner_.lease_removals(now, leased_until, limit));
}

base::task<void> FailingImageStore::finish_removal(std::string key) {
  return pass(inner_.finish_removal(std::move(key)));
}

}  // namespace pixelvault::support
