#include "services/library.hpp"

#include <utility>

#include "domain/filename.hpp"
#include "domain/folder.hpp"
#include "services/cursor.hpp"
#include "services/purge.hpp"

namespace pixelvault::services {

using domain::ErrorCode;
using domain::Result;

namespace {

std::unexpected<domain::Error> not_found() {
  return domain::fail(
      {.code = ErrorCode::ImageNotFound,
       .message = "There is no such image in this project: check the id and the key."});
}

/// The request as the store understands it.
Result<ports::ImageQuery> make_query(const domain::Caller& caller,
                                     const LibraryService::PageRequest& request,
                                     base::Timestamp now) {
  ports::ImageQuery query{.project = caller.project,
                          .environment = caller.environment,
                          .limit = request.per_page,
                          .now = now};
  if (request.folder) {
    auto folder = domain::parse_folder(*request.folder);
    if (!folder) return std::unexpected(std::move(folder.error()));
    query.folder = *std::move(folder);
  }
  if (!request.cursor) {
    query.skip = std::uint64_t{request.page - 1} * request.per_page;
    return query;
  }
  query.before = read_cursor(caller, *request.cursor);
  if (!query.before) {
    return domain::fail(
        {.code = ErrorCode::InvalidCursor,
         .message =
             "This is no cursor of this project: use meta.next_cursor of its last page as it is.",
         .param = "cursor"});
  }
  return query;
}

Result<ports::ImageChanges> check(LibraryService::Changes changes) {
  ports::ImageChanges checked{.metadata = std::move(changes.metadata)};
  if (changes.filename) checked.filename = domain::clean_filename(*changes.filename);
  if (changes.folder) {
    auto folder = domain::parse_folder(*changes.folder);
    if (!folder) return std::unexpected(std::move(folder.error()));
    checked.folder = *std::move(folder);
  }
  return checked;
}

}  // namespace

base::task<Result<domain::Image>> LibraryService::get(domain::Caller caller, std::string_view id) {
  const auto image_id = domain::ImageId::parse(id);
  if (!image_id) co_return not_found();
  auto image = co_await use_.images.find(caller.project, *image_id);
  if (!image || image->environment != caller.environment) co_return not_found();
  if (domain::is_gone(*image, use_.clock.now())) co_return not_found();
  co_return *std::move(image);
}

base::task<Result<LibraryService::Page>> LibraryService::list(domain::Caller caller,
                                                              PageRequest request) {
  auto query = make_query(caller, request, use_.clock.now());
  if (!query) co_return std::unexpected(std::move(query.error()));
  auto found = co_await use_.images.list(*std::move(query));
  Page page{.images = std::move(found.images),
            .total = found.total,
            .page = request.page,
            .per_page = request.per_page,
            .next_cursor = {}};
  if (found.more) page.next_cursor = make_cursor(caller, page.images.back().id);
  co_return page;
}

base::task<Result<domain::Image>> LibraryService::update(domain::Caller caller, std::string_view id,
                                                         Changes changes) {
  const auto image_id = domain::ImageId::parse(id);
  if (!image_id) co_return not_found();
  auto checked = check(std::move(changes));
  if (!checked) co_return std::unexpected(std::move(checked.error()));
  auto image = co_await use_.images.update(caller.project, caller.environment, *image_id,
                                           *std::move(checked), use_.clock.now());
  if (!image) co_return not_found();
  co_return *std::move(image);
}

base::task<Result<SignedLink>> LibraryService::sign(domain::Caller caller, std::string_view id,
                                                    std::chrono::seconds lifetime) {
  const auto image = co_await get(std::move(caller), id);
  if (!image) co_return std::unexpected(image.error());
  if (image->visibility != domain::Visibility::Private) {
    co_return domain::fail(
        {.code = ErrorCode::InvalidRequest,
         .message = "This image is public and needs no signed link: use its url as it is."});
  }
  co_return co_await use_.links.sign(*image, lifetime);
}

base::task<Result<LibraryService::Deleted>> LibraryService::remove(domain::Caller caller,
                                                                   std::string_view id) {
  const auto image_id = domain::ImageId::parse(id);
  if (!image_id) co_return not_found();
  const auto image = co_await use_.images.mark_deleted(caller.project, caller.environment,
                                                       *image_id, use_.clock.now());
  if (!image) co_return not_found();

  // The image is gone for everybody from here on; its bytes go now or, if the store is away, later.
  const bool purged = co_await purge(use_.blobs, use_.upkeep, ports::blob_of(*image));
  co_return Deleted{.id = *image_id, .purged = purged};
}

}  // namespace pixelvault::services
