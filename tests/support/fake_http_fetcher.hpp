// A web that a test has written down: one answer to every fetch, and what was asked for.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ports/http_fetcher.hpp"

namespace pixelvault::support {

class FakeHttpFetcher final : public ports::HttpFetcher {
 public:
  std::string body;
  std::optional<std::uint64_t> length;   ///< what the server declares
  std::optional<domain::Error> refusal;  ///< instead of a download
  std::optional<domain::Error> breaks;   ///< instead of the plain end
  std::vector<std::string> asked;
  std::vector<std::optional<domain::TraceContext>> traces;
  std::uint64_t bytes_read = 0;

  base::task<domain::Result<std::unique_ptr<ports::Download>>> fetch(
      domain::WebAddress address, std::optional<domain::TraceContext> trace) override {
    asked.push_back(address.to_string());
    traces.push_back(std::move(trace));
    if (refusal) co_return domain::fail(*refusal);
    co_return std::make_unique<Stream>(*this);
  }

 private:
  class Stream final : public ports::Download {
   public:
    explicit Stream(FakeHttpFetcher& web) : web_(web) {}
    std::optional<std::uint64_t> length() const override { return web_.length; }
    base::task<domain::Result<base::ByteView>> read() override {
      const auto rest = base::as_bytes(web_.body).subspan(offset_);
      if (rest.empty() && web_.breaks) co_return domain::fail(*web_.breaks);
      const auto bytes = rest.first(std::min<std::size_t>(rest.size(), 1000));
      offset_ += bytes.size();
      web_.bytes_read += bytes.size();
      co_return bytes;
    }

   private:
    FakeHttpFetcher& web_;
    std::size_t offset_ = 0;
  };
};

}  // namespace pixelvault::support
