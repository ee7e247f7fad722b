// Shows how much waits in the outbox as metrics. Asked again every some seconds by the server, so
// that reading the metrics costs the database nothing.
#pragma once

#include "base/metrics.hpp"
#include "base/task.hpp"
#include "ports/clock.hpp"
#include "ports/outbox.hpp"

namespace pixelvault::services {

class OutboxWatch {
 public:
  OutboxWatch(ports::Outbox& outbox, ports::Clock& clock) : outbox_(outbox), clock_(clock) {}

  /// Throws `base::Unavailable`; the metrics keep what they showed then.
  base::task<void> look();

 private:
  ports::Outbox& outbox_;
  ports::Clock& clock_;
  base::Gauge queued_{
      {.name = "pixelvault_outbox_queued",
       .help = "Blobs of deleted images that are not removed yet, at most 100000."}};
  base::Gauge due_{{.name = "pixelvault_outbox_due",
                    .help = "Those of them that wait for the janitor, at most 100000."}};
  base::Gauge age_{{.name = "pixelvault_outbox_oldest_due_age_seconds",
                    .help = "How long the oldest of these has been due; 0 when none is."}};
};

}  // namespace pixelvault::services
