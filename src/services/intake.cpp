#include "services/intake.hpp"

#include <algorithm>
#include <string>

#include "domain/sniff.hpp"

namespace pixelvault::services {

using domain::ErrorCode;

namespace {

domain::Error unsupported(const domain::ForeignType& type) {
  constexpr std::string_view kAdvice = "Send a JPEG, PNG, GIF, WebP, AVIF or SVG file.";
  std::string message = "Files of the type ";
  message.append(type.media_type).append(" are not supported. ");
  message.append(type.advice.empty() ? kAdvice : type.advice);
  return {.code = ErrorCode::UnsupportedMediaType,
          .message = std::move(message),
          .param = "file",
          .detected_type = std::string(type.media_type)};
}

}  // namespace

domain::Error file_too_large(std::uint64_t limit, std::optional<std::uint64_t> actual) {
  return {.code = ErrorCode::FileTooLarge,
          .message = "The file is larger than the " + std::to_string(limit) +
                     " bytes that your plan allows: make it smaller.",
          .param = "file",
          .limit = limit,
          .actual = actual};
}

domain::Result<base::ByteView> Intake::take(base::ByteView bytes) {
  size_ += bytes.size();
  if (size_ > max_bytes_) return domain::fail(file_too_large(max_bytes_, std::nullopt));
  if (probe_) return pass(bytes);
  head_.insert(head_.end(), bytes.begin(), bytes.end());
  if (head_.size() < domain::kSniffBytes) return base::ByteView{};
  return decide();
}

domain::Result<base::ByteView> Intake::rest() {
  if (size_ == 0) {
    return domain::fail({.code = ErrorCode::EmptyFile,
                         .message = "The file is empty: send the bytes of a picture.",
                         .param = "file"});
  }
  if (probe_) return base::ByteView{};
  return decide();
}

domain::Result<base::ByteView> Intake::decide() {
  const auto type =
      domain::sniff(base::ByteView(head_).first(std::min(head_.size(), domain::kSniffBytes)));
  if (const auto* foreign = std::get_if<domain::ForeignType>(&type)) {
    return domain::fail(unsupported(*foreign));
  }
  format_ = std::get<domain::Format>(type);
  probe_ = domain::make_probe(format_, limits_);
  return pass(head_);
}

domain::Result<base::ByteView> Intake::pass(base::ByteView bytes) {
  hash_.update(bytes);
  if (auto fed = probe_->feed(bytes); !fed) return std::unexpected(fed.error());
  return bytes;
}

domain::Result<Intake::Summary> Intake::finish() {
  auto facts = probe_->finish();
  if (!facts) return std::unexpected(facts.error());
  return Summary{.format = format_, .facts = *facts, .size = size_, .sha256 = hash_.finish()};
}

}  // namespace pixelvault::services
