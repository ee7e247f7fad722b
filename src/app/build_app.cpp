#include "app/build_app.hpp"

#include "api/pipeline.hpp"
#include "api/routes.hpp"
#include "app/admin_listener.hpp"
#include "app/chores.hpp"
#include "app/edge.hpp"
#include "app/use_cases.hpp"
#include "app/world.hpp"
#include "http/server.hpp"

namespace pixelvault::app {

// From the world inwards to the edge. App stops the edge before anything is destroyed.
struct App::Parts {
  explicit Parts(const Config& config)
      : world(config),
        use(world, config),
        server(edge_options(config)),
        local_url(edge_url(config, server.port())),
        public_url(config.public_url.value_or(local_url)),
        accounts(use.accounts, use.sessions, use.limits, config.proxies),
        pipeline(routes(), {.access_log = config.access_log, .shortcut = shortcut()}),
        admin(config, health) {}

  http::Router routes() {
    return api::make_routes({accounts, projects, keys, images, batches, links, usage, exports,
                             not_supported, delivery, discovery, health},
                            {use.authentication, use.limits, use.key_uses});
  }

  std::function<std::optional<http::Response>(http::Request&)> shortcut() {
    return [this](http::Request& request) { return delivery.deliver_again(request); };
  }

  World world;   // every port with its adapter
  UseCases use;  // every service with its ports

  http::Server server;
  std::string local_url;
  std::string public_url;

  // the api between them
  api::ImagePresenter presenter{use.links, public_url};
  api::AccountsApi accounts;
  api::ProjectsApi projects{use.projects};
  api::KeysApi keys{use.keys};
  api::ImagesApi images{use.uploads, use.imports, use.library, presenter};
  api::BatchApi batches{use.batches, presenter};
  api::LinksApi links{use.library, public_url};
  api::UsageApi usage{use.usage};
  api::ExportsApi exports{use.exports};
  api::NotSupportedApi not_supported;
  api::DeliveryApi delivery{use.delivery};
  api::DiscoveryApi discovery{PIXELVAULT_VERSION};
  api::HealthApi health{use.health};
  api::Pipeline pipeline;
  AdminListener admin;
};

App::App(const Config& config) : parts_(std::make_unique<Parts>(config)) {}
App::~App() { stop(); }

void App::start() {
  parts_->server.start(parts_->pipeline);
  parts_->admin.start();
}

void App::stop() {
  parts_->server.stop();
  parts_->server.join();
  parts_->admin.stop();
}

std::string App::local_url() const { return parts_->local_url; }
std::optional<std::string> App::admin_url() const { return parts_->admin.url(); }

base::task<std::size_t> App::take_over() { return parts_->use.janitor.take_over(); }

std::vector<Chore> App::chores() { return make_chores(parts_->use); }

base::task<bool> App::flush() {
  co_await parts_->use.bandwidth.flush();
  co_await parts_->use.key_uses.flush();
  co_return false;
}

}  // namespace pixelvault::app
