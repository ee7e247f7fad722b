#include "api/json_batch_form.hpp"

#include <algorithm>
#include <utility>

namespace pixelvault::api {

using domain::Result;

base::task<Result<bool>> JsonBatchForm::feed_more() {
  if (ended_) co_return false;
  if (rest_.empty()) {
    const auto chunk = co_await body_.read();
    if (!chunk) co_return std::unexpected(chunk.error());
    rest_ = base::as_text(*chunk);
  }
  if (rest_.empty()) {
    ended_ = true;
    parser_.finish();
  } else {
    const auto slice = rest_.substr(0, kSlice);
    rest_.remove_prefix(slice.size());
    parser_.feed(slice);
  }
  co_return true;
}

/// The next event; nothing at the end of the body.
base::task<Result<std::optional<BatchEvent>>> JsonBatchForm::pull() {
  for (;;) {
    if (auto event = parser_.next()) co_return event;
    if (const auto& error = parser_.error()) co_return std::unexpected(*error);
    const auto more = co_await feed_more();
    if (!more) co_return std::unexpected(more.error());
    if (!*more) co_return std::optional<BatchEvent>{};
  }
}

base::task<Result<services::BatchForm::Part>> JsonBatchForm::next() {
  auto pulled = co_await pull();
  if (!pulled) co_return std::unexpected(std::move(pulled.error()));
  auto& event = *pulled;
  if (!event) co_return End{};
  auto part = std::get<Part>(*std::move(event));
  in_data_ = std::holds_alternative<Data>(part);
  co_return part;
}

base::task<Result<base::ByteView>> JsonBatchForm::read() {
  if (!in_data_) co_return base::ByteView{};
  auto pulled = co_await pull();
  if (!pulled) co_return std::unexpected(std::move(pulled.error()));
  auto& event = *pulled;
  if (!event) co_return base::ByteView{};
  if (auto* piece = std::get_if<BatchBytes>(&*event)) {
    bytes_ = std::move(piece->bytes);
    co_return base::as_bytes(bytes_);
  }
  in_data_ = false;
  co_return base::ByteView{};
}

}  // namespace pixelvault::api
