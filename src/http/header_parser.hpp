// Beast's parser of requests, with the header's texts left where they were read: nothing is copied
// (a folded line, RFC 9112 §5.2, excepted). Only the http room uses it; it belongs to one request.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <forward_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "http/message.hpp"

namespace pixelvault::http {

class HeaderParser final : public boost::beast::http::basic_parser<true> {
 public:
  /// Adds to `fields` as they come; they view what was given to `parse`.
  HeaderParser(std::vector<Field>& fields, std::uint32_t max_header_bytes);

  /// Understands as much as it can; gives how many bytes that were. `need_more` is no failure.
  std::size_t parse(std::string_view bytes, boost::beast::error_code& error);

  Method method() const { return method_; }
  std::string_view method_text() const { return method_text_; }
  std::string_view target() const { return target_; }
  /// 10 or 11.
  unsigned http_version() const { return version_; }
  /// The client's own; empty when it sent none.
  std::string_view request_id() const { return request_id_; }
  bool expects_continue() const { return expects_continue_; }

  /// Why a request with a well-formed header cannot be understood all the same; null if it can.
  const char* misunderstood() const;

  /// Where the bytes of chunks go; what does not fit waits for the next one.
  void chunks_into(base::MutableBytes into) { sink_ = into; }
  /// What is free of it.
  std::size_t sink_left() const { return sink_.size(); }

 private:
  using error_code = boost::beast::error_code;
  using text = boost::beast::string_view;

  void on_request_impl(boost::beast::http::verb verb, text method, text target, int version,
                       error_code& error) override;
  void on_response_impl(int, text, int, error_code&) override {}
  void on_field_impl(boost::beast::http::field name, text name_text, text value,
                     error_code& error) override;
  void on_header_impl(error_code&) override { header_over_ = true; }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(text body, error_code&) override { return body.size(); }
  void on_chunk_header_impl(std::uint64_t, text, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t remain, text body, error_code& error) override;
  void on_finish_impl(error_code&) override {}
  std::string_view lasting(std::string_view value);

  std::vector<Field>& fields_;
  std::string_view given_;  // what is being parsed
  unsigned version_ = 11;
  Method method_ = Method::Other;
  std::string_view method_text_;
  std::string_view target_;
  std::string_view request_id_;
  std::forward_list<std::string> unfolded_;
  unsigned hosts_ = 0;
  unsigned encodings_ = 0;
  bool only_chunked_ = true;
  bool expects_continue_ = false;
  bool header_over_ = false;  // what comes later are trailers, which nobody needs
  base::MutableBytes sink_;
};

}  // namespace pixelvault::http
