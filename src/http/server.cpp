#include "http/server.hpp"

#include <boost/asio/ip/address.hpp>
#include <system_error>

#include "http/admission.hpp"
#include "http/edge_metrics.hpp"
#include "http/file_reads.hpp"
#include "http/worker.hpp"

namespace pixelvault::http {

namespace asio = boost::asio;

namespace {

/// SO_REUSEPORT would let a second server share the port in silence; a plain bind tells.
void require_free(const asio::ip::tcp::endpoint& endpoint) {
  asio::io_context context;
  asio::ip::tcp::acceptor probe(context);
  probe.open(endpoint.protocol());
  probe.set_option(asio::ip::tcp::acceptor::reuse_address(true));
  probe.bind(endpoint);
  probe.listen();
}

}  // namespace

// A connection sends one response at a time, so no more than all of them can wait for cold files.
Server::Server(Options options)
    : options_(std::move(options)),
      admission_(std::make_unique<Admission>(options_)),
      metrics_(std::make_unique<EdgeMetrics>(admission_->counters(), options_.name)),
      files_(std::make_unique<FileReads>(options_.max_connections, admission_->counters())) {
  try {
    const auto address = asio::ip::make_address(options_.address);
    require_free({address, options_.port});
    for (std::size_t i = 0; i < options_.threads; ++i) {
      workers_.push_back(std::make_unique<Worker>(Worker::Shared{options_, *admission_, *files_},
                                                  asio::ip::tcp::endpoint(address, options_.port)));
      options_.port = workers_.front()->endpoint().port();
    }
  } catch (const boost::system::system_error& error) {
    throw std::system_error(
        error.code().value(), std::generic_category(),
        "cannot listen on " + options_.address + ":" + std::to_string(options_.port));
  }
}

Server::~Server() {
  stop();
  join();
}

const EdgeCounters& Server::counters() const { return admission_->counters(); }

void Server::start(Application& application) {
  for (auto& worker : workers_) worker->start(application);
}

void Server::stop() {
  for (auto& worker : workers_) worker->stop();
}

void Server::join() {
  for (auto& worker : workers_) worker->join();
}

}  // namespace pixelvault::http
