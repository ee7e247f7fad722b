#include "http/response_sender.hpp"

#include <algorithm>
#include <charconv>
#include <memory>
#include <variant>

namespace pixelvault::http {

using Flush = Connection::Flush;

namespace {

/// The size of a chunk in hexadecimal, as it stands before its bytes.
std::string chunk_header(std::size_t size) {
  char digits[16];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), size, 16).ptr;
  return std::string(digits, end) + "\r\n";
}

}  // namespace

ResponseSender::ResponseSender(Connection& connection, FileReads& files, std::string& out,
                               const Response& response, Form form)
    : connection_(connection), files_(files), out_(out), response_(response), form_(form) {
  const bool bodiless = form.head_only || response.content_length() == 0U;
  if (!bodiless) streamed_ = std::get_if<StreamedBody>(&response.body);
  out_.clear();
  append_header(out_, response, form.envelope);
  const auto* text = std::get_if<std::string>(&response.body);
  if (text != nullptr && !bodiless) texts_[1] = *text;
}

ResponseSender::Progress ResponseSender::begin() {
  connection_.begin_response();
  const auto progress = begin_body();
  waiting_ = progress == Progress::Waiting;
  return progress;
}

ResponseSender::Progress ResponseSender::begin_body() {
  if (streamed_ == nullptr) return send_head(Flush::Now);
  if (const auto* region = std::get_if<base::FileRegion>(&streamed_->source)) {
    file_ = *region;
    return begin_file();
  }
  texts_[0] = out_;
  return Progress::Waiting;
}

ResponseSender::Progress ResponseSender::begin_file() {
  if (file_.length <= kCopied && FileReads::append_cached(file_, out_)) {
    copied_ = std::exchange(file_.length, 0);
    return send_head(Flush::Now);
  }
  const auto progress = send_head(Flush::More);
  return progress == Progress::Done ? send_file_turn() : progress;
}

ResponseSender::Progress ResponseSender::send_head(Flush flush) {
  texts_[0] = out_;
  if (!connection_.send_now(texts_, flush)) return Progress::Failed;
  count_texts();
  return texts_[0].empty() && texts_[1].empty() ? Progress::Done : Progress::Waiting;
}

// Of a copied file what is not left went out; of a text only the whole counts.
void ResponseSender::count_texts() {
  const auto left = std::min<std::uint64_t>(copied_, texts_[0].size());
  if (copied_ > 0) body_bytes_sent_ = copied_ - left;
  const auto* text = std::get_if<std::string>(&response_.body);
  if (text != nullptr && !form_.head_only && texts_[0].empty() && texts_[1].empty()) {
    body_bytes_sent_ = text->size();
  }
}

// `Waiting` when the client, the disk or the other connections have to be waited for.
ResponseSender::Progress ResponseSender::send_file_turn() {
  base::FileRegion turn = file_;
  turn.length = std::min(file_.length, kFileTurn);
  return FileReads::is_cached(turn) ? send_cached(turn) : Progress::Waiting;
}

ResponseSender::Progress ResponseSender::send_cached(base::FileRegion turn) {
  const bool alive = connection_.send_file_now(turn);
  const auto sent = turn.offset - file_.offset;
  file_.offset += sent;
  file_.length -= sent;
  body_bytes_sent_ += sent;
  if (!alive) return Progress::Failed;
  return file_.length == 0 ? Progress::Done : Progress::Waiting;
}

base::task<bool> ResponseSender::finish() {
  if (!co_await finish_head()) co_return false;
  if (file_.length > 0) co_return co_await finish_file();
  if (streamed_ == nullptr) co_return true;
  if (const auto* source = std::get_if<std::unique_ptr<base::ByteSource>>(&streamed_->source)) {
    co_return co_await send_pulled(**source);
  }
  co_return true;
}

base::task<bool> ResponseSender::finish_head() {
  const auto flush = streamed_ != nullptr && copied_ == 0 ? Flush::More : Flush::Now;
  for (;;) {
    if (!connection_.send_now(texts_, flush)) co_return false;
    count_texts();
    if (texts_[0].empty() && texts_[1].empty()) co_return true;
    if (!co_await connection_.wait_writable()) co_return false;
  }
}

base::task<bool> ResponseSender::finish_file() {
  for (;;) {
    base::FileRegion next = file_;
    next.length = std::min(file_.length, kFileTurn);
    if (!FileReads::is_cached(next)) co_await files_.warm(next);
    const auto before = file_.length;
    const auto progress = send_cached(next);
    if (progress != Progress::Waiting) co_return progress == Progress::Done;
    if (before - file_.length == next.length) {
      co_await connection_.yield();
    } else if (!co_await connection_.wait_writable()) {
      co_return false;
    }
  }
}

base::task<bool> ResponseSender::send_pulled(base::ByteSource& source) {
  const auto length = streamed_->length;
  while (!length || body_bytes_sent_ < *length) {
    const auto chunk = co_await source.read();
    if (!chunk) co_return false;
    if (chunk->empty() && !length) break;
    // A body that is not what its length promised is cut off, so that nobody takes it for whole.
    if (chunk->empty() || (length && chunk->size() > *length - body_bytes_sent_)) co_return false;
    if (!co_await send_portion(*chunk)) co_return false;
    body_bytes_sent_ += chunk->size();
  }
  if (form_.envelope.framing != Framing::Chunked) co_return true;
  co_return co_await connection_.send("0\r\n\r\n", Flush::Now);
}

base::task<bool> ResponseSender::send_portion(base::ByteView bytes) {
  if (form_.envelope.framing != Framing::Chunked) {
    co_return co_await connection_.send(base::as_text(bytes), Flush::Now);
  }
  const std::string size = chunk_header(bytes.size());
  if (!co_await connection_.send(size, Flush::More)) co_return false;
  if (!co_await connection_.send(base::as_text(bytes), Flush::More)) co_return false;
  co_return co_await connection_.send("\r\n", Flush::Now);
}

}  // namespace pixelvault::http
