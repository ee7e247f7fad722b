// What the fuzzers of the domain room do with one input. The unit tests run the same functions over
// tests/corpus, so that what once crashed stays tested without a fuzzer. They throw when a promise
// is broken, which a fuzzer takes for a crash.
#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

#include "domain/email.hpp"
#include "domain/filename.hpp"
#include "domain/folder.hpp"
#include "domain/probe/probe.hpp"
#include "domain/sniff.hpp"
#include "domain/utf8.hpp"

namespace pixelvault::fuzz {

inline void promise(bool kept, const char* what) {
  if (!kept) throw std::logic_error(what);
}

inline domain::Result<domain::ImageFacts> probe_in_portions(domain::Format format,
                                                            std::string_view file,
                                                            std::size_t portion) {
  const auto probe = domain::make_probe(format, {});
  for (; !file.empty(); file.remove_prefix(std::min(portion, file.size()))) {
    if (auto fed = probe->feed(base::as_bytes(file.substr(0, portion))); !fed) {
      return domain::fail(fed.error());
    }
  }
  return probe->finish();
}

inline bool same_outcome(const domain::Result<domain::ImageFacts>& a,
                         const domain::Result<domain::ImageFacts>& b) {
  if (a && b) return a->width == b->width && a->height == b->height && a->frames == b->frames;
  if (a || b) return false;
  return a.error().code == b.error().code && a.error().message == b.error().message &&
         a.error().limit == b.error().limit && a.error().actual == b.error().actual &&
         a.error().detected_type == b.error().detected_type;
}

/// The first byte picks the format and the portions; the rest is the file.
inline void probe_body(std::string_view input) {
  if (input.empty()) return;
  const auto choice = static_cast<unsigned char>(input.front());
  const auto file = input.substr(1);
  const auto format = domain::kFormats[choice % domain::kFormats.size()];
  const auto whole = probe_in_portions(format, file, file.size());
  promise(same_outcome(whole, probe_in_portions(format, file, 1)), "bytes give what the file does");
  const std::size_t portion = 2 + choice / domain::kFormats.size();
  promise(same_outcome(whole, probe_in_portions(format, file, portion)),
          "portions give what the file does");
  if (!whole) {
    promise(!whole.error().message.empty(), "a refusal has a message");
    return;
  }
  promise(whole->width > 0 && whole->height > 0 && whole->frames > 0, "a picture has a size");
  const domain::ProbeLimits limits;
  promise(std::uint64_t{whole->width} * whole->height <= limits.max_pixels, "limits are kept");
}

inline void sniff_body(std::string_view input) {
  const auto found = domain::sniff(base::as_bytes(input));
  const auto head = domain::sniff(base::as_bytes(input.substr(0, domain::kSniffBytes)));
  promise(found.index() == head.index(), "only the head counts");
  if (const auto* foreign = std::get_if<domain::ForeignType>(&found)) {
    promise(foreign->media_type.contains('/'), "a foreign type has a name");
    return;
  }
  const auto format = std::get<domain::Format>(found);
  promise(format == std::get<domain::Format>(head), "only the head counts");
  const auto outcome = probe_in_portions(format, input, input.size());
  if (outcome || input.size() > domain::kSniffBytes) return;
  promise(outcome.error().code != domain::ErrorCode::UnsupportedMediaType,
          "sniffing and the probe agree on the type");
}

inline bool is_clean_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto step = domain::first_code_point(text);
    if (step.length == 0 || domain::is_control(step.code_point)) return false;
    text.remove_prefix(step.length);
  }
  return true;
}

inline void folder_filename_email_body(std::string_view input) {
  if (const auto folder = domain::parse_folder(input)) {
    promise(folder->size() <= domain::kMaxFolderCharacters, "a folder is short");
    promise(domain::parse_folder(*folder).value() == *folder, "a folder is a folder");
  }
  const auto name = domain::clean_filename(input);
  promise(name.size() <= domain::kMaxFilenameBytes, "a file name is short");
  promise(name.find_first_of("/\\") == std::string::npos, "a file name is no path");
  promise(name != "." && name != "..", "a file name is no folder");
  promise(is_clean_utf8(name), "a file name can be shown");
  promise(domain::clean_filename(name) == name, "cleaning twice changes nothing");
  if (const auto email = domain::parse_email(input)) {
    promise(std::ranges::count(*email, '@') == 1, "an address has one @");
    promise(is_clean_utf8(*email), "an address can be shown");
    promise(domain::parse_email(*email).value() == *email, "an address is an address");
  }
}

}  // namespace pixelvault::fuzz
