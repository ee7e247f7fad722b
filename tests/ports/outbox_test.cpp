// How much waits in the outbox.
#include "ports/image_store_fixture.hpp"

namespace pixelvault::port_suites {

template <class Backend>
class Outbox : public ImageStoreTest<Backend> {
 protected:
  ports::Backlog measure(base::Timestamp now) {
    return support::run(this->backend_.stores().outbox.measure(now));
  }
};
TYPED_TEST_SUITE(Outbox, RecordBackends);

TYPED_TEST(Outbox, an_empty_one_has_no_oldest) {
  const auto backlog = this->measure(this->at(5));
  EXPECT_EQ(backlog.queued, 0U);
  EXPECT_EQ(backlog.due, 0U);
  EXPECT_FALSE(backlog.oldest_due_at);
}

TYPED_TEST(Outbox, what_is_due_is_told_from_what_is_leased) {
  const auto first = this->insert_in("");
  const auto second = this->insert_in("");
  const auto third = this->insert_in("");
  this->remove(first, this->at(1));
  this->remove(second, this->at(2));
  this->remove(third, this->at(3));
  this->lease(this->at(4), this->at(60), 1);

  const auto backlog = this->measure(this->at(5));
  EXPECT_EQ(backlog.queued, 3U);
  EXPECT_EQ(backlog.due, 2U);
  EXPECT_EQ(backlog.oldest_due_at, this->at(2));

  const auto later = this->measure(this->at(60));
  EXPECT_EQ(later.due, 3U);
  EXPECT_EQ(later.oldest_due_at, this->at(2));
}

TYPED_TEST(Outbox, what_is_not_due_yet_is_queued_only) {
  this->remove(this->insert_in(""), this->at(9));
  const auto backlog = this->measure(this->at(8));
  EXPECT_EQ(backlog.queued, 1U);
  EXPECT_EQ(backlog.due, 0U);
  EXPECT_FALSE(backlog.oldest_due_at);
}

TYPED_TEST(Outbox, what_is_finished_is_gone) {
  const auto image = this->insert_in("");
  this->remove(image, this->at(1));
  this->finish_removal(image);
  EXPECT_EQ(this->measure(this->at(5)).queued, 0U);
}

}  // namespace pixelvault::port_suites
