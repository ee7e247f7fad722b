#include "http/header_parser.hpp"

#include <algorithm>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <cstring>
#include <functional>

#include "http/field.hpp"

namespace pixelvault::http {

namespace beast = boost::beast;

namespace {

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

Method method_of(beast::http::verb verb) {
  switch (verb) {
    case beast::http::verb::get:
      return Method::Get;
    case beast::http::verb::head:
      return Method::Head;
    case beast::http::verb::post:
      return Method::Post;
    case beast::http::verb::put:
      return Method::Put;
    case beast::http::verb::patch:
      return Method::Patch;
    case beast::http::verb::delete_:
      return Method::Delete;
    case beast::http::verb::options:
      return Method::Options;
    default:
      return Method::Other;
  }
}

}  // namespace

HeaderParser::HeaderParser(std::vector<Field>& fields, std::uint32_t max_header_bytes)
    : fields_(fields) {
  header_limit(max_header_bytes);
  body_limit(boost::none);
}

std::size_t HeaderParser::parse(std::string_view bytes, error_code& error) {
  given_ = bytes;
  return put({bytes.data(), bytes.size()}, error);
}

void HeaderParser::on_request_impl(beast::http::verb verb, text method, text target, int version,
                                   error_code&) {
  method_ = method_of(verb);
  method_text_ = view(method);
  target_ = view(target);
  version_ = static_cast<unsigned>(version);
}

void HeaderParser::on_field_impl(beast::http::field name, text name_text, text value, error_code&) {
  if (header_over_) return;
  const Field field{.name = view(name_text), .value = lasting(view(value))};
  fields_.push_back(field);
  switch (name) {
    case beast::http::field::host:
      ++hosts_;
      break;
    case beast::http::field::transfer_encoding:
      ++encodings_;
      only_chunked_ = equals_ignoring_case(field.value, "chunked");
      break;
    case beast::http::field::expect:
      expects_continue_ = version_ >= 11 && equals_ignoring_case(field.value, "100-continue");
      break;
    case beast::http::field::unknown:
      if (request_id_.empty() && equals_ignoring_case(field.name, "X-Request-Id")) {
        request_id_ = field.value;
      }
      break;
    default:
      break;
  }
}

// A folded value was put together in a buffer of Beast's own, which is gone after this call.
std::string_view HeaderParser::lasting(std::string_view value) {
  const std::less<> before;
  const char* const end = given_.data() + given_.size();
  if (!before(value.data(), given_.data()) && !before(end, value.data())) return value;
  return unfolded_.emplace_front(value);
}

std::size_t HeaderParser::on_chunk_body_impl(std::uint64_t, text body, error_code& error) {
  const auto count = std::min(body.size(), sink_.size());
  if (count > 0) std::memcpy(sink_.data(), body.data(), count);
  sink_ = sink_.subspan(count);
  error = {};
  if (count < body.size()) error = beast::http::error::need_buffer;
  return count;
}

const char* HeaderParser::misunderstood() const {
  if (version_ == 11 && hosts_ != 1) {
    return "An HTTP/1.1 request needs exactly one Host header.";
  }
  if (encodings_ > 1 || !only_chunked_) {
    return "The only Transfer-Encoding that this server understands is chunked, once.";
  }
  if (encodings_ == 1 && version_ != 11) {
    return "A Transfer-Encoding needs HTTP/1.1 (RFC 9112 §6.1).";
  }
  return nullptr;
}

}  // namespace pixelvault::http
