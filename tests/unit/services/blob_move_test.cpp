#include "services/blob_move.hpp"

#include <gtest/gtest.h>

#include "unit/services/upkeep_world.hpp"

namespace pixelvault::services {
namespace {

using std::chrono::minutes;
using support::run;

/// The catalog of a server that does something between a copy and its row.
class BusyCatalog final : public ports::ImageCatalog {
 public:
  BusyCatalog(ports::ImageCatalog& catalog, std::function<void()> before_move)
      : catalog_(catalog), before_move_(std::move(before_move)) {}

  base::task<ports::CatalogTotals> totals() override { return catalog_.totals(); }
  base::task<std::vector<domain::Image>> list(std::optional<domain::ImageId> after,
                                              std::uint32_t limit) override {
    return catalog_.list(after, limit);
  }
  base::task<std::optional<domain::Image>> find(domain::ImageId image) override {
    return catalog_.find(image);
  }
  base::task<bool> is_removal_due(ports::BlobRef blob) override {
    return catalog_.is_removal_due(std::move(blob));
  }
  base::task<bool> move(domain::Image image, std::optional<domain::BlobPlace> place,
                        std::optional<base::Timestamp> remove_old_at) override {
    before_move_();
    return catalog_.move(std::move(image), place, remove_old_at);
  }
  base::task<void> forget_removals() override { return catalog_.forget_removals(); }

 private:
  ports::ImageCatalog& catalog_;
  std::function<void()> before_move_;
};

class BlobMoveTest : public testing::Test {
 protected:
  MoveReport move(MoveTo to, ports::ImageCatalog& catalog) {
    world_.blobs.give_places(to == MoveTo::Segments);
    BlobMove work({catalog, world_.blobs, world_.blobs, world_.clock}, {.to = to},
                  [](const Progress&) {});
    return run(work.run());
  }
  MoveReport move(MoveTo to) { return move(to, world_.catalog); }
  /// What the janitor removes now.
  void sweep() {
    const auto now = world_.clock.now();
    for (auto& blob : run(world_.images.lease_removals(now, now + minutes(1), 100))) {
      run(world_.blobs.remove(blob));
      run(world_.images.finish_removal(blob));
    }
  }
  ports::BlobRef now(const domain::Image& image) { return ports::blob_of(world_.row(image)); }

  support::UpkeepWorld world_;
};

TEST_F(BlobMoveTest, every_living_image_is_moved_and_keeps_its_bytes) {
  const auto image = world_.add();
  world_.add();
  world_.bury(world_.add(), /*swept=*/true);
  const auto report = move(MoveTo::Segments);
  EXPECT_EQ(report.moved, 2U);
  EXPECT_EQ(report.bytes, 2 * image.size);
  EXPECT_TRUE(world_.row(image).place);
  const auto state = run(check_blob(world_.blobs, world_.row(image), Depth::Bytes));
  EXPECT_EQ(state.kind, BlobState::Kind::Good);
}

TEST_F(BlobMoveTest, the_old_blob_stays_until_no_server_remembers_it) {
  const auto image = world_.add();
  move(MoveTo::Segments);
  world_.clock.advance(minutes(15) - std::chrono::milliseconds(1));
  sweep();
  EXPECT_EQ(world_.blobs.refs().size(), 2U);
  world_.clock.advance(std::chrono::milliseconds(1));
  sweep();
  EXPECT_EQ(world_.blobs.refs(), std::vector{now(image)});
}

TEST_F(BlobMoveTest, a_second_run_finds_nothing_to_do) {
  world_.add();
  move(MoveTo::Segments);
  const auto report = move(MoveTo::Segments);
  EXPECT_EQ(report.moved, 0U);
  EXPECT_EQ(report.there, 1U);
}

TEST_F(BlobMoveTest, there_and_back_again) {
  const auto image = world_.add();
  move(MoveTo::Segments);
  EXPECT_EQ(move(MoveTo::Folder).waiting, 1U);  // the old file will be removed
  EXPECT_TRUE(world_.row(image).place);
  world_.clock.advance(minutes(15));
  sweep();
  EXPECT_EQ(move(MoveTo::Folder).moved, 1U);
  world_.clock.advance(minutes(15));
  sweep();
  EXPECT_EQ(world_.blobs.refs(), std::vector{ports::blob_of(image)});
  EXPECT_EQ(now(image), ports::blob_of(image));
}

TEST_F(BlobMoveTest, a_file_that_a_crash_has_left_is_used_or_made_again) {
  world_.blobs.give_places(true);
  const auto whole = world_.add();
  const auto half = world_.add();
  world_.blobs.put({.key = domain::image_path(whole)}, world_.bytes_of(whole));
  world_.blobs.put({.key = domain::image_path(half)}, "half");
  EXPECT_EQ(move(MoveTo::Folder).moved, 2U);
  for (const auto& image : {whole, half}) {
    const auto state = run(check_blob(world_.blobs, world_.row(image), Depth::Bytes));
    EXPECT_EQ(state.kind, BlobState::Kind::Good);
  }
}

TEST_F(BlobMoveTest, the_copy_of_an_image_that_is_deleted_meanwhile_is_dropped) {
  const auto image = world_.add();
  BusyCatalog busy(world_.catalog, [&] { world_.bury(image, /*swept=*/false); });
  EXPECT_EQ(move(MoveTo::Segments, busy).moved, 0U);
  sweep();
  EXPECT_TRUE(world_.blobs.refs().empty());
}

TEST_F(BlobMoveTest, a_spoiled_blob_stays_where_it_is_and_is_told) {
  const auto image = world_.add();
  world_.blobs.put(ports::blob_of(image), std::string(image.size, 'x'));
  EXPECT_EQ(move(MoveTo::Segments).lost.count, 1U);
  EXPECT_EQ(world_.blobs.refs(), std::vector{ports::blob_of(image)});
  EXPECT_FALSE(world_.row(image).place);
}

}  // namespace
}  // namespace pixelvault::services
