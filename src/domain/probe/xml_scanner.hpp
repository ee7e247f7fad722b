// A streaming scanner of XML markup (XML 1.0, fifth edition): tags that nest and match, quoted
// attributes, comments, CDATA, processing instructions, one DOCTYPE that is passed over with its
// internal subset. It checks structure, not every rule: entities are neither resolved nor checked.
// Memory: at most kMaxDepth names of kMaxNameBytes, and a few attributes of the root element.
// Serves sniffing and the SVG probe. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/error.hpp"

namespace pixelvault::domain::probe {

/// The start tag of the outermost element.
struct XmlRoot {
  std::string name;       ///< as written, with its prefix; empty until it is known
  bool complete = false;  ///< the `>` has come
  /// In order of appearance; only those whose name and value have at most 1,024 bytes, at most 64.
  std::vector<std::pair<std::string, std::string>> attributes;

  std::string_view local_name() const;
  std::string_view prefix() const;  ///< empty when there is none
  std::optional<std::string_view> attribute(std::string_view name) const;
};

class XmlScanner {
 public:
  static constexpr std::size_t kMaxDepth = 1024;
  static constexpr std::size_t kMaxNameBytes = 1024;

  /// The next piece of the document in UTF-8, in any portions. InvalidImage when it is not
  /// well-formed, ImageTooComplex when it nests too deeply or a name is too long. After an error
  /// the scanner is spent, but what is known of the root may still be asked.
  Result<void> feed(std::string_view text);

  /// The root element has been closed and nothing is open after it.
  bool complete() const { return closed_root_ && state_ == State::Text; }

  const XmlRoot& root() const { return root_; }
  /// The name in the document type declaration; empty when there is none (yet).
  const std::string& doctype() const { return doctype_; }

 private:
  enum class State : std::uint8_t {
    Text,         // between markup
    TagOpen,      // after <
    Bang,         // after <!
    Skip,         // in a comment, CDATA or processing instruction
    DoctypeName,  // after <!DOCTYPE
    Doctype,      // after its name
    StartName,    // after <x
    InTag,        // after white space in a start tag
    AttributeName,
    BeforeEquals,
    BeforeValue,
    Value,
    AfterValue,
    EmptyTag,  // after the / of <x/
    EndName,   // after </
    EndTag,    // after the name of an end tag
  };

  Result<void> step(char c);
  std::size_t uninteresting(std::string_view text) const;

  Result<void> in_text(char c);
  Result<void> in_tag_open(char c);
  Result<void> in_bang(char c);
  Result<void> in_skip(char c);
  Result<void> in_doctype_name(char c);
  Result<void> in_doctype(char c);
  Result<void> in_start_name(char c);
  Result<void> in_tag(char c);
  Result<void> in_attribute_name(char c);
  Result<void> in_before_equals(char c);
  Result<void> in_before_value(char c);
  Result<void> in_value(char c);
  Result<void> in_after_value(char c);
  Result<void> in_empty_tag(char c);
  Result<void> in_end_name(char c);
  Result<void> in_end_tag(char c);

  Result<void> become(State state);
  Result<void> skip_to(char mark, unsigned marks, State back);
  Result<void> begin_element();
  Result<void> add_to_name(char c);
  Result<void> open_tag_ends();
  Result<void> close_element();
  bool in_root_tag() const { return open_.size() == 1 && !root_.complete; }
  void keep_attribute();

  State state_ = State::Text;
  XmlRoot root_;
  std::string doctype_;
  bool seen_doctype_ = false;
  bool closed_root_ = false;
  std::vector<std::string> open_;  // names of the open elements, outermost first
  std::string name_;               // being read: of an element, an attribute, or a <! keyword
  std::string value_;              // of an attribute of the root
  char quote_ = 0;                 // that a value or a literal of the DOCTYPE ends with
  // State::Skip ends with `skip_marks_` times `skip_mark_`, then `>`.
  char skip_mark_ = 0;
  unsigned skip_marks_ = 0;
  unsigned marks_seen_ = 0;
  State after_skip_ = State::Text;
  // Inside of a DOCTYPE.
  bool in_subset_ = false;
  std::string subset_markup_;  // the first characters of a declaration: a comment begins with <!--
};

}  // namespace pixelvault::domain::probe
