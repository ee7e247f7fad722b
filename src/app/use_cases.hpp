// What the product does: every service with the ports that it is made of.
#pragma once

#include "app/config.hpp"
#include "app/world.hpp"
#include "services/accounts.hpp"
#include "services/authentication.hpp"
#include "services/bandwidth.hpp"
#include "services/batch.hpp"
#include "services/delivery.hpp"
#include "services/export_worker.hpp"
#include "services/exports.hpp"
#include "services/health.hpp"
#include "services/import.hpp"
#include "services/janitor.hpp"
#include "services/key_uses.hpp"
#include "services/keys.hpp"
#include "services/library.hpp"
#include "services/links.hpp"
#include "services/outbox_watch.hpp"
#include "services/projects.hpp"
#include "services/rate_limiter.hpp"
#include "services/record_cache.hpp"
#include "services/sessions.hpp"
#include "services/staging.hpp"
#include "services/upload.hpp"
#include "services/usage.hpp"

namespace pixelvault::app {

struct UseCases {
  UseCases(World& use, const Config& config)
      : world(use),
        plans(config.plans),
        imports_on(config.import),
        limits(config.rate_limits, use.clock),
        accounts({use.records.accounts, use.records.keys, use.records.projects, use.passwords,
                  use.clock, use.random},
                 config.default_plan) {}

  World& world;
  Records& records = world.records;
  const domain::Plans plans;
  const bool imports_on;

  // who asks, and how often
  services::Authentication authentication{{records.keys, records.accounts, world.clock}};
  services::RateLimiter limits;
  services::KeyUses key_uses{records.keys, world.clock};

  services::RecordCache record_cache{records.images, world.clock};

  // accounts and what belongs to them
  services::AccountService accounts;
  services::SessionService sessions{
      {records.accounts, world.passwords, world.clock, world.random, authentication}};
  services::ProjectService projects{{records.projects, records.image_upkeep, world.clock,
                                     world.random, authentication, record_cache},
                                    plans};
  services::KeyService keys{
      {records.keys, records.projects, world.clock, world.random, authentication}};
  services::UsageService usage{records.usage, world.clock, plans};

  // images: in, kept, out
  services::Staging staging{world.blobs, domain::ProbeLimits{}};
  services::UploadService uploads{
      {world.blobs, records.images, world.clock, world.random, staging, plans}};
  services::ImportService imports{{world.fetcher, uploads, staging, plans, imports_on}};
  services::BatchService batches{{uploads, staging, plans}};
  services::Links links{records.link_keys, world.clock, world.random};
  services::LibraryService library{
      {records.images, records.image_upkeep, world.blobs, world.clock, links, record_cache}};
  services::Bandwidth bandwidth{records.usage, world.clock, plans};
  services::DeliveryService delivery{{record_cache, world.blobs, world.clock, links, bandwidth}};
  services::ExportService exports{
      {records.exports, records.images, world.blobs, world.clock, world.random}};

  // beside the requests
  services::ExportWorker export_worker{{records.exports, records.images, world.clock}};
  services::Janitor janitor{{records.image_upkeep, world.blobs, world.clock, records.projects,
                             records.accounts, records.link_keys, records.exports}};
  services::OutboxWatch outbox_watch{records.outbox, world.clock};
  services::HealthService health{{&records.probe, &world.blob_probe}, world.clock};
};

}  // namespace pixelvault::app
