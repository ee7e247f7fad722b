#include "services/export_archive.hpp"

#include "support/failing_blob_store.hpp"
#include "unit/services/export_fixture.hpp"
#include "unit/services/tar_reading.hpp"

namespace pixelvault::services {
namespace {

using support::read_tar;

class Archive : public ExportFixture {
 protected:
  struct Read {
    std::string bytes;
    std::optional<base::ReadError> error;
  };

  static base::task<Read> read_all(base::ByteSource& source) {
    Read all;
    for (;;) {
      const auto piece = co_await source.read();
      if (!piece) {
        all.error = piece.error();
        co_return all;
      }
      if (piece->empty()) co_return all;
      all.bytes += base::as_text(*piece);
    }
  }

  ExportArchive archive_over(ports::BlobStore& blobs, const domain::Export& job) {
    return ExportArchive({images_, blobs, clock_}, job, std::make_unique<PlainManifest>());
  }
  Read read(const domain::Export& job) {
    auto archive = archive_over(blobs_, job);
    return support::run(read_all(archive));
  }

  static std::string name_of(const domain::Image& image) {
    return "images/" + image.id.to_string() + ".jpg";
  }
  static std::string line_of(const domain::Image& image) {
    return image.id.to_string() + "=" + name_of(image) + ";";
  }
};

TEST_F(Archive, holds_every_image_newest_first_and_the_manifest_last) {
  const std::string first_bytes(512, 'a');
  const std::string second_bytes(5000, 'b');
  const auto first = add_image(first_bytes);
  const auto second = add_image(second_bytes);
  const auto entries = read_tar(read(complete()).bytes);
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].name, name_of(second));
  EXPECT_EQ(entries[0].bytes, second_bytes);
  EXPECT_EQ(entries[1].name, name_of(first));
  EXPECT_EQ(entries[1].bytes, first_bytes);
  EXPECT_EQ(entries[2].name, "manifest.json");
  EXPECT_EQ(entries[2].bytes, "[" + line_of(second) + line_of(first) + "]");
}

TEST_F(Archive, of_nothing_is_an_empty_manifest) {
  const auto entries = read_tar(read(complete()).bytes);
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].bytes, "[]");
}

TEST_F(Archive, follows_all_pages) {
  for (int i = 0; i < 250; ++i) add_image("image " + std::to_string(i));
  const auto entries = read_tar(read(complete()).bytes);
  ASSERT_EQ(entries.size(), 251U);
  EXPECT_EQ(entries[0].bytes, "image 249");
  EXPECT_EQ(entries[249].bytes, "image 0");
}

TEST_F(Archive, a_long_manifest_comes_whole) {
  for (int i = 0; i < 1000; ++i) add_image("x");
  const auto entries = read_tar(read(complete()).bytes);
  ASSERT_EQ(entries.size(), 1001U);
  std::string lines;
  for (std::size_t i = 0; i < 1000; ++i) {
    lines += entries[i].name.substr(7, 30) + "=" + entries[i].name + ";";
  }
  EXPECT_EQ(entries[1000].bytes, "[" + lines + "]");
}

TEST_F(Archive, what_went_after_the_export_was_complete_is_left_out_everywhere) {
  const auto gone = add_image("gone");
  const auto here = add_image("here");
  const auto job = complete();
  remove(gone);
  const auto entries = read_tar(read(job).bytes);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].name, name_of(here));
  EXPECT_EQ(entries[1].bytes, "[" + line_of(here) + "]");
}

TEST_F(Archive, what_goes_while_its_page_is_being_sent_is_left_out_too) {
  const auto gone = add_image("gone");
  const auto here = add_image("here");
  auto archive = archive_over(blobs_, complete());
  std::string bytes;
  bytes += base::as_text(*support::run(archive.read()));  // the header of the newer one
  remove(gone);
  bytes += support::run(read_all(archive)).bytes;
  const auto entries = read_tar(bytes);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[1].bytes, "[" + line_of(here) + "]");
}

TEST_F(Archive, images_that_came_later_are_not_in_it) {
  const auto old = add_image("old");
  const auto job = complete();
  add_image("new");
  const auto entries = read_tar(read(job).bytes);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].name, name_of(old));
}

TEST_F(Archive, an_expired_image_is_not_in_it) {
  auto image = build_.image(caller_.project);
  image.id = domain::ImageId::make(clock_.now(), {});
  image.size = 4;
  image.expires_at = clock_.now() + std::chrono::seconds(60);
  store(image, "soon");
  const auto job = complete();
  EXPECT_EQ(read_tar(read(job).bytes).size(), 2U);
  clock_.advance(std::chrono::seconds(60));
  EXPECT_EQ(read_tar(read(job).bytes).size(), 1U);
}

TEST_F(Archive, a_private_image_is_in_it_without_the_path_that_hides_it) {
  auto image = build_.image(caller_.project);
  image.id = domain::ImageId::make(clock_.now(), {});
  image.size = 6;
  image.visibility = domain::Visibility::Private;
  store(image, "secret");
  const auto entries = read_tar(read(complete()).bytes);
  EXPECT_EQ(entries[0].name, name_of(image));
  EXPECT_EQ(entries[0].bytes, "secret");
}

TEST_F(Archive, a_blob_that_is_shorter_than_its_record_cuts_it) {
  auto image = build_.image(caller_.project);
  image.id = domain::ImageId::make(clock_.now(), {});
  image.size = 10;
  store(image, "short");
  EXPECT_EQ(read(complete()).error, base::ReadError::Ended);
}

TEST_F(Archive, a_store_that_fails_cuts_it_for_good) {
  add_image("x");
  const auto job = complete();
  support::FailingBlobStore failing(blobs_, {.on_call = 1});
  auto archive = archive_over(failing, job);
  EXPECT_EQ(support::run(read_all(archive)).error, base::ReadError::Ended);
  EXPECT_EQ(support::run(read_all(archive)).error, base::ReadError::Ended)
      << "a reader that asks again must not get an archive with a hole";
}

TEST_F(Archive, its_end_repeats) {
  auto archive = archive_over(blobs_, complete());
  support::run(read_all(archive));
  EXPECT_TRUE(support::run(archive.read())->empty());
}

}  // namespace
}  // namespace pixelvault::services
