// Turns the events of a JSON parser into those of a batch (contract §4):
//
//   {"collection": {"name", …} | "name", "images": [{"data": "<base64>", "filename", …}, …]}
//
// Texts are kept up to a limit, files are decoded as they come. What is wrong with one image is a
// Flaw of it; what is wrong with the rest ends the parsing. Pure; used by JsonBatchParser only.
#pragma once

#include <boost/json/error.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string_view.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/base64_stream.hpp"
#include "api/json_batch_events.hpp"
#include "domain/error.hpp"

namespace pixelvault::api {

class JsonBatchHandler {
 public:
  using Text = boost::json::string_view;
  using Code = boost::json::error_code;

  // The parser's own limits under its own names, which are not needed: nothing here grows with its
  // input. NOLINTBEGIN(readability-identifier-naming)
  static constexpr std::size_t max_object_size = ~std::size_t{0};
  static constexpr std::size_t max_array_size = ~std::size_t{0};
  static constexpr std::size_t max_key_size = ~std::size_t{0};
  static constexpr std::size_t max_string_size = ~std::size_t{0};
  // NOLINTEND(readability-identifier-naming)

  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code& code);
  bool on_object_end(std::size_t, Code& code);
  bool on_array_begin(Code& code);
  bool on_array_end(std::size_t, Code&);
  bool on_key_part(Text part, std::size_t, Code&);
  bool on_key(Text part, std::size_t, Code&);
  bool on_string_part(Text part, std::size_t, Code& code);
  bool on_string(Text part, std::size_t, Code& code);
  bool on_number_part(Text, Code&) { return true; }
  bool on_int64(std::int64_t value, Text, Code& code);
  bool on_uint64(std::uint64_t value, Text, Code& code);
  bool on_double(double value, Text, Code& code);
  bool on_bool(bool value, Code& code);
  bool on_null(Code& code);
  bool on_comment_part(Text, Code&) { return true; }
  bool on_comment(Text, Code&) { return true; }

  /// What was not taken yet, oldest first.
  std::deque<BatchEvent>& events() { return events_; }
  /// Why the parsing ended, unless that is the JSON itself.
  const std::optional<domain::Error>& error() const { return error_; }

 private:
  /// Where the parser is.
  enum class Place { Document, Root, Collection, Images, Image, Metadata, Ignored };
  /// What becomes of a string.
  enum class Use { Ignored, Data, Field, Metadata };

  Place place() const { return places_.back(); }
  bool in_image() const;
  Place place_of_object();
  Place place_of_array();
  void begin_nested(Place nested);
  void refuse_nested();
  Use use_of_string();
  void take_string(std::string_view part);
  void end_string();
  void decode(std::string_view part);
  void end_data();
  void take_scalar(std::string value);
  void give_field(std::string value);
  void give_metadata(std::string_view text);
  void add_metadata(std::string_view value);
  void end_metadata();
  void emit(services::BatchForm::Part part) { events_.emplace_back(std::move(part)); }
  /// Of the image that the parser is in, else of the request.
  void refuse(domain::Error error);
  void refuse_field(const char* must_be);
  bool go_on(Code& code) const;

  std::deque<BatchEvent> events_;
  std::optional<domain::Error> error_;
  std::vector<Place> places_{Place::Document};
  std::string key_;
  bool key_open_ = false;

  std::optional<Use> string_;  // while the parser is in one
  std::string text_;           // of it, when it is kept
  Base64Stream base64_;
  bool has_data_ = false;  // the image that the parser is in

  boost::json::object metadata_;
  std::size_t metadata_bytes_ = 0;
  bool metadata_good_ = true;  // an object of strings so far
};

}  // namespace pixelvault::api
