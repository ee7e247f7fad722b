#include "domain/probe/xml_scanner.hpp"

#include <algorithm>

#include "domain/probe/failures.hpp"

namespace pixelvault::domain::probe {
namespace {

constexpr std::size_t kMaxKeptAttributes = 64;
constexpr std::size_t kMaxKeptValueBytes = 1024;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// XML 1.0 §2.2; what is beyond ASCII is not looked at.
bool is_character(char c) { return static_cast<unsigned char>(c) >= 0x20 || is_space(c); }

bool begins_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool continues_name(char c) {
  return begins_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

std::unexpected<Error> malformed(const std::string& what) {
  return invalid("The SVG is not well-formed XML: " + what + "; mend it and upload it again.");
}

}  // namespace

std::string_view XmlRoot::local_name() const {
  return std::string_view(name).substr(prefix().empty() ? 0 : prefix().size() + 1);
}

std::string_view XmlRoot::prefix() const {
  const auto colon = name.find(':');
  return colon == std::string::npos ? std::string_view() : std::string_view(name).substr(0, colon);
}

std::optional<std::string_view> XmlRoot::attribute(std::string_view wanted) const {
  for (const auto& [key, value] : attributes) {
    if (key == wanted) return value;
  }
  return std::nullopt;
}

Result<void> XmlScanner::feed(std::string_view text) {
  while (!text.empty()) {
    const char c = text.front();
    if (!is_character(c)) return malformed("it holds a control character");
    if (auto stepped = step(c); !stepped) return stepped;
    text.remove_prefix(1);
    text.remove_prefix(uninteresting(text));
  }
  return {};
}

/// How much of the text cannot change the state: the insides of texts and of long values.
std::size_t XmlScanner::uninteresting(std::string_view text) const {
  const bool in_content = state_ == State::Text && !open_.empty();
  const bool in_long_value = state_ == State::Value && !in_root_tag();
  if (!in_content && !in_long_value) return 0;
  const auto stop = std::ranges::find_if(
      text, [&](char c) { return c == '<' || !is_character(c) || (in_long_value && c == quote_); });
  return static_cast<std::size_t>(stop - text.begin());
}

Result<void> XmlScanner::step(char c) {
  switch (state_) {
    case State::Text:
      return in_text(c);
    case State::TagOpen:
      return in_tag_open(c);
    case State::Bang:
      return in_bang(c);
    case State::Skip:
      return in_skip(c);
    case State::DoctypeName:
      return in_doctype_name(c);
    case State::Doctype:
      return in_doctype(c);
    case State::StartName:
      return in_start_name(c);
    case State::InTag:
      return in_tag(c);
    case State::AttributeName:
      return in_attribute_name(c);
    case State::BeforeEquals:
      return in_before_equals(c);
    case State::BeforeValue:
      return in_before_value(c);
    case State::Value:
      return in_value(c);
    case State::AfterValue:
      return in_after_value(c);
    case State::EmptyTag:
      return in_empty_tag(c);
    case State::EndName:
      return in_end_name(c);
    case State::EndTag:
      return in_end_tag(c);
  }
  std::unreachable();
}

Result<void> XmlScanner::become(State state) {
  state_ = state;
  return {};
}

Result<void> XmlScanner::skip_to(char mark, unsigned marks, State back) {
  skip_mark_ = mark;
  skip_marks_ = marks;
  marks_seen_ = 0;
  after_skip_ = back;
  return become(State::Skip);
}

Result<void> XmlScanner::in_text(char c) {
  if (c == '<') return become(State::TagOpen);
  if (!open_.empty() || is_space(c)) return {};
  return malformed("there is text outside of its root element");
}

Result<void> XmlScanner::in_tag_open(char c) {
  name_.clear();
  if (c == '?') return skip_to('?', 1, State::Text);
  if (c == '!') return become(State::Bang);
  if (c == '/') {
    if (open_.empty()) return malformed("it closes an element that is not open");
    return become(State::EndName);
  }
  if (!begins_name(c)) return malformed("a '<' begins no tag (write it as &lt;)");
  if (closed_root_) return malformed("it has more than one root element");
  if (auto added = add_to_name(c); !added) return added;
  return become(State::StartName);
}

Result<void> XmlScanner::in_bang(char c) {
  name_ += c;
  if (name_ == "--") return skip_to('-', 2, State::Text);
  if (name_ == "[CDATA[" && !open_.empty()) return skip_to(']', 2, State::Text);
  if (name_ == "DOCTYPE" && open_.empty() && !closed_root_ && !seen_doctype_) {
    seen_doctype_ = true;
    name_.clear();
    return become(State::DoctypeName);
  }
  for (const std::string_view keyword : {"--", "[CDATA[", "DOCTYPE"}) {
    if (name_.size() < keyword.size() && keyword.starts_with(name_)) return {};
  }
  return malformed("a '<!' stands where no declaration may");
}

Result<void> XmlScanner::in_skip(char c) {
  if (c == skip_mark_) {
    marks_seen_ = std::min(marks_seen_ + 1, skip_marks_);
    return {};
  }
  const bool ends = c == '>' && marks_seen_ == skip_marks_;
  marks_seen_ = 0;
  return ends ? become(after_skip_) : Result<void>();
}

Result<void> XmlScanner::in_doctype_name(char c) {
  if (continues_name(c)) return add_to_name(c);
  if (name_.empty() && is_space(c)) return {};
  doctype_ = name_;
  state_ = State::Doctype;
  return in_doctype(c);
}

/// Quotes hide everything, comments and instructions inside of the subset hide quotes.
Result<void> XmlScanner::in_doctype(char c) {
  if (quote_ != 0) {
    if (c == quote_) quote_ = 0;
    return {};
  }
  if (c == '<') subset_markup_.clear();
  if (subset_markup_.size() < 4) subset_markup_ += c;
  const bool is_comment = subset_markup_ == "<!--";
  if (is_comment || subset_markup_ == "<?") {
    subset_markup_.clear();
    return is_comment ? skip_to('-', 2, State::Doctype) : skip_to('?', 1, State::Doctype);
  }
  if (c == '"' || c == '\'') quote_ = c;
  if (c == '[') in_subset_ = true;
  if (c == ']') in_subset_ = false;
  return c == '>' && !in_subset_ ? become(State::Text) : Result<void>();
}

Result<void> XmlScanner::add_to_name(char c) {
  if (name_.size() == kMaxNameBytes) {
    return too_complex("The SVG has a name of too many characters", kMaxNameBytes,
                       kMaxNameBytes + 1);
  }
  name_ += c;
  return {};
}

Result<void> XmlScanner::in_start_name(char c) {
  if (continues_name(c)) return add_to_name(c);
  if (auto begun = begin_element(); !begun) return begun;
  return in_after_value(c);
}

Result<void> XmlScanner::begin_element() {
  if (open_.size() == kMaxDepth) {
    return too_complex("The SVG nests too many elements in each other", kMaxDepth, kMaxDepth + 1);
  }
  if (open_.empty()) root_.name = name_;
  open_.push_back(std::move(name_));
  return {};
}

/// After the name of an element or the value of an attribute.
Result<void> XmlScanner::in_after_value(char c) {
  if (is_space(c)) return become(State::InTag);
  if (c == '/') return become(State::EmptyTag);
  if (c == '>') return open_tag_ends();
  return malformed("the attributes of a tag are not apart");
}

Result<void> XmlScanner::in_tag(char c) {
  if (is_space(c) || c == '/' || c == '>') return in_after_value(c);
  if (!begins_name(c)) return malformed("an attribute has an impossible name");
  name_.clear();
  value_.clear();
  if (auto added = add_to_name(c); !added) return added;
  return become(State::AttributeName);
}

Result<void> XmlScanner::in_attribute_name(char c) {
  if (continues_name(c)) return add_to_name(c);
  return in_before_equals(c);
}

Result<void> XmlScanner::in_before_equals(char c) {
  if (c == '=') return become(State::BeforeValue);
  if (is_space(c)) return become(State::BeforeEquals);
  return malformed("an attribute has no value");
}

Result<void> XmlScanner::in_before_value(char c) {
  if (is_space(c)) return {};
  if (c != '"' && c != '\'') return malformed("the value of an attribute is not quoted");
  quote_ = c;
  return become(State::Value);
}

Result<void> XmlScanner::in_value(char c) {
  if (c == '<') return malformed("the value of an attribute holds a '<' (write it as &lt;)");
  if (c == quote_) {
    quote_ = 0;
    if (in_root_tag()) keep_attribute();
    return become(State::AfterValue);
  }
  if (in_root_tag() && value_.size() <= kMaxKeptValueBytes) value_ += c;
  return {};
}

void XmlScanner::keep_attribute() {
  if (value_.size() > kMaxKeptValueBytes || root_.attributes.size() == kMaxKeptAttributes) return;
  root_.attributes.emplace_back(name_, value_);
}

Result<void> XmlScanner::open_tag_ends() {
  root_.complete = true;  // the first to end is the root's
  return become(State::Text);
}

Result<void> XmlScanner::in_empty_tag(char c) {
  if (c != '>') return malformed("a '/' stands inside of a tag");
  root_.complete = true;
  return close_element();
}

Result<void> XmlScanner::in_end_name(char c) {
  if (continues_name(c)) return add_to_name(c);
  if (name_ != open_.back()) {
    return malformed("an end tag does not close the element that was opened last");
  }
  return in_end_tag(c);
}

Result<void> XmlScanner::in_end_tag(char c) {
  if (is_space(c)) return become(State::EndTag);
  if (c != '>') return malformed("an end tag holds more than a name");
  return close_element();
}

Result<void> XmlScanner::close_element() {
  open_.pop_back();
  closed_root_ = open_.empty();
  return become(State::Text);
}

}  // namespace pixelvault::domain::probe
