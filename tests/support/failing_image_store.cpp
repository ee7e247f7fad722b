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

base::task<ports::InsertOutcome> FailingImageStore::insert(ports::NewImage image) {
  return pass(inner_.insert(std::move(image)));
}

base::task<std::optional<ports::Replay>> FailingImageStore::find_replay(
    domain::ProjectId project, domain::Environment environment, domain::UploadIdentity identity,
    base::Timestamp now) {
  return pass(inner_.find_replay(project, environment, std::move(identity), now));
}

base::task<bool> FailingImageStore::has_key(domain::ProjectId project,
                                            domain::Environment environment, std::string key,
                                            base::Timestamp now) {
  return pass(inner_.has_key(project, environment, std::move(key), now));
}

base::task<std::optional<domain::Image>> FailingImageStore::find(domain::ProjectId project,
                                                                 domain::ImageId image) {
  return pass(inner_.find(project, image));
}

base::task<ports::ImagePage> FailingImageStore::list(ports::ImageQuery query) {
  return pass(inner_.list(std::move(query)));
}

base::task<std::optional<domain::Image>> FailingImageStore::update(domain::ProjectId project,
                                                                   domain::Environment environment,
                                                                   domain::ImageId image,
                                                                   ports::ImageChanges changes,
                                                                   base::Timestamp now) {
  return pass(inner_.update(project, environment, image, std::move(changes), now));
}

base::task<std::optional<domain::Image>> FailingImageStore::mark_deleted(
    domain::ProjectId project, domain::Environment environment, domain::ImageId image,
    base::Timestamp now) {
  return pass(inner_.mark_deleted(project, environment, image, now));
}

base::task<std::uint32_t> FailingImageStore::expire(base::Timestamp now, std::uint32_t limit) {
  return pass(inner_.expire(now, limit));
}

base::task<std::uint32_t> FailingImageStore::empty_project(domain::ProjectId project,
                                                           base::Timestamp now,
                                                           std::uint32_t limit) {
  return pass(inner_.empty_project(project, now, limit));
}

base::task<std::uint32_t> FailingImageStore::forget_keys(base::Timestamp now, std::uint32_t limit) {
  return pass(inner_.forget_keys(now, limit));
}

base::task<std::vector<ports::BlobRef>> FailingImageStore::lease_removals(
    base::Timestamp now, base::Timestamp leased_until, std::uint32_t limit) {
  return pass(inner_.lease_removals(now, leased_until, limit));
}

base::task<std::uint32_t> FailingImageStore::end_leases(base::Timestamp now) {
  return pass(inner_.end_leases(now));
}

base::task<void> FailingImageStore::finish_removal(ports::BlobRef blob) {
  return pass(inner_.finish_removal(std::move(blob)));
}

}  // namespace pixelvault::support
