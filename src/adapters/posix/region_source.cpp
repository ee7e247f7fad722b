#include "adapters/posix/region_source.hpp"

#include <algorithm>
#include <cstdint>

#include "adapters/posix/file_calls.hpp"

namespace pixelvault::adapters::posix {

base::task<base::ReadResult> RegionSource::read() {
  chunk_.resize(std::min<std::uint64_t>(region_.length, kChunkBytes));
  if (chunk_.empty()) co_return base::ByteView{};
  co_await threads_.run([this] { read_all(*region_.file, chunk_, region_.offset); });
  region_.offset += chunk_.size();
  region_.length -= chunk_.size();
  co_return chunk_;
}

}  // namespace pixelvault::adapters::posix
