#include "app/build_app.hpp"

#include "adapters/filesystem/blob_store.hpp"
#include "adapters/filesystem/health.hpp"
#include "adapters/sodium/password_hasher.hpp"
#include "adapters/sodium/random_source.hpp"
#include "adapters/sql/account_store.hpp"
#include "adapters/sql/database.hpp"
#include "adapters/sql/health.hpp"
#include "adapters/sql/image_store.hpp"
#include "adapters/system/clock.hpp"
#include "api/pipeline.hpp"
#include "api/routes.hpp"
#include "app/edge.hpp"
#include "http/server.hpp"
#include "services/janitor.hpp"

namespace pixelvault::app {

// From the world inwards. App stops the edge before anything is destroyed.
struct App::Parts {
  explicit Parts(const Config& config)
      : database({.file = config.data / "pixelvault.db"}),
        blobs({.root = config.data / "blobs"}),
        account_service({accounts, passwords, clock, random}, config.default_plan),
        server(edge_options(config)),
        local_url(edge_url(config, server.port())),
        images_api(uploads, library, config.public_url.value_or(local_url)) {}

  // adapters
  adapters::system::SystemClock clock;
  adapters::sodium::SodiumRandomSource random;
  adapters::sodium::SodiumPasswordHasher passwords{{}};
  adapters::sql::Database database;
  adapters::sql::SqlAccountStore accounts{database};
  adapters::sql::SqlImageStore images{database};
  adapters::sql::DatabaseProbe database_probe{database};
  adapters::filesystem::FilesystemBlobStore blobs;
  adapters::filesystem::FilesystemProbe blob_probe{blobs};

  // services
  services::AccountService account_service;
  services::Authentication authentication{accounts};
  services::UploadService uploads{{blobs, images, clock, random}, domain::ProbeLimits{}};
  services::DeliveryService delivery{images, blobs};
  services::LibraryService library{{images, blobs, clock}};
  services::Janitor janitor{{images, blobs, clock}};
  services::HealthService health{{&database_probe, &blob_probe}, clock};

  // the edge, and the api between them
  http::Server server;
  std::string local_url;
  api::AccountsApi accounts_api{account_service};
  api::ImagesApi images_api;
  api::DeliveryApi delivery_api{delivery};
  api::HealthApi health_api{health};
  api::Pipeline pipeline{
      api::make_routes({accounts_api, images_api, delivery_api, health_api}, authentication)};
};

App::App(const Config& config) : parts_(std::make_unique<Parts>(config)) {}
App::~App() { stop(); }

void App::start() { parts_->server.start(parts_->pipeline); }

void App::stop() {
  parts_->server.stop();
  parts_->server.join();
}

std::string App::local_url() const { return parts_->local_url; }

base::task<bool> App::sweep() {
  const auto removed = co_await parts_->janitor.sweep();
  co_return removed > 0;
}

}  // namespace pixelvault::app
