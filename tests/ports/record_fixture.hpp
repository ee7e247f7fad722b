// What the suites of the record ports share: the ports of one backend, and an account with a
// project and a key where a test asks for one.
#pragma once

#include <chrono>
#include <string>

#include "ports/record_backends.hpp"
#include "support/builders.hpp"
#include "support/run_task.hpp"

namespace pixelvault::port_suites {

template <class Backend>
class RecordTest : public testing::Test {
 protected:
  ports::AccountStore& accounts() { return backend_.stores().accounts; }
  ports::KeyStore& keys() { return backend_.stores().keys; }
  ports::ProjectStore& projects() { return backend_.stores().projects; }
  ports::UsageStore& usage() { return backend_.stores().usage; }
  ports::LinkKeyStore& link_keys() { return backend_.stores().link_keys; }
  ports::ExportStore& exports() { return backend_.stores().exports; }
  ports::ImageStore& images() { return backend_.stores().images; }
  ports::ImageUpkeep& upkeep() { return backend_.stores().upkeep; }
  ports::ImageCatalog& catalog() { return backend_.stores().catalog; }

  ports::Registration register_account(const std::string& email = "ann@example.org") {
    auto registration = make_.registration(email);
    EXPECT_TRUE(support::run(accounts().create(registration)));
    return registration;
  }

  static base::Timestamp at(std::chrono::seconds after) {
    return support::FakeClock().now() + after;
  }
  static base::Timestamp at(int seconds) { return at(std::chrono::seconds(seconds)); }

  Backend backend_;
  support::Builders make_;
};

}  // namespace pixelvault::port_suites
