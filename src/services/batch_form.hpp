// What a client sends in one batch (contract §4), pulled part by part in the order in which it
// arrives: implemented by the api for each encoding. Belongs to one coroutine.
#pragma once

#include <string>
#include <variant>

#include "base/task.hpp"
#include "domain/error.hpp"
#include "services/staging.hpp"

namespace pixelvault::services {

/// An error of `next` or `read` is one of the whole request; every later call gives it again. What
/// is wrong with one image only comes as a Flaw, so that it does not lose the others.
class BatchForm : public FileSource {
 public:
  /// A field for all images, also for those that have come already.
  struct Shared {
    std::string name;
    std::string value;
  };
  /// The next image begins; what follows belongs to it.
  struct Begin {
    std::string filename;  ///< as it was sent; may be empty
  };
  /// A field of this image alone, which wins over a shared one.
  struct Own {
    std::string name;
    std::string value;
  };
  /// The bytes of the image follow: `read` gives them. They may end early, with a Flaw after them.
  struct Data {};
  /// This image cannot be taken.
  struct Flaw {
    domain::Error error;
  };
  struct End {};
  using Part = std::variant<Shared, Begin, Own, Data, Flaw, End>;

  /// The next part. After Data, `read` must have come to the end of the bytes; its end repeats.
  virtual base::task<domain::Result<Part>> next() = 0;
};

}  // namespace pixelvault::services
