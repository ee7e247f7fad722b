// The route table and the contract name the same calls, and the same errors with the same statuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstddef>
#include <set>
#include <string>
#include <type_traits>

#include "api/assets.hpp"
#include "api/problem.hpp"
#include "api/routes.hpp"

namespace pixelvault::api {
namespace {

namespace json = boost::json;
using domain::ErrorCode;
using Calls = std::set<std::string>;

/// A reference to bind, never to use: the table is only looked at, no handler runs.
template <class T>
T& never_used() {
  alignas(T) static std::byte storage[sizeof(T)];
  return *reinterpret_cast<T*>(storage);
}

struct Anything {
  template <class T>
  operator T&() const {
    return never_used<T>();
  }
};

/// An aggregate of references, however many it has by now.
template <class T, class... Given>
T bind_all(Given... given) {
  if constexpr (requires { T{given...}; }) {
    return T{given...};
  } else {
    return bind_all<T>(given..., Anything{});
  }
}

template <class T>
T make_argument() {
  if constexpr (std::is_reference_v<T>) {
    return never_used<std::remove_reference_t<T>>();
  } else {
    return bind_all<T>();
  }
}

template <class... Arguments>
http::Router call(http::Router (*make)(Arguments...)) {
  return make(make_argument<Arguments>()...);
}

/// `/v1/images/:id` and `/v1/images/{id}` are both `/v1/images/{}`; a prefix of a parameter, which
/// the contract has in its pattern, does not count.
std::string without_names(std::string_view path) {
  std::string result;
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    result += '/';
    result += segment.find_first_of(":{") == std::string_view::npos ? segment : "{}";
  }
  return result;
}

Calls calls_of_the_server() {
  Calls calls;
  const auto router = call(&make_routes);
  for (const auto& route : router.routes()) {
    calls.insert(std::string(http::to_string(route.method)) + ' ' + without_names(route.pattern));
  }
  return calls;
}

const json::object& contract() {
  static const json::value document = json::parse(assets().openapi_json);
  return document.as_object();
}

std::string upper_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return result;
}

Calls calls_of_the_contract() {
  Calls calls;
  for (const auto& [path, item] : contract().at("paths").as_object()) {
    for (const auto& [method, operation] : item.as_object()) {
      // A GET route answers HEAD too.
      if (method == "parameters" || method == "head") continue;
      calls.insert(upper_case(method) + ' ' + without_names(path));
    }
  }
  return calls;
}

Calls difference(const Calls& left, const Calls& right) {
  Calls result;
  std::ranges::set_difference(left, right, std::inserter(result, result.end()));
  return result;
}

TEST(RoutesContract, every_call_of_the_server_is_in_the_contract) {
  EXPECT_THAT(difference(calls_of_the_server(), calls_of_the_contract()), testing::IsEmpty());
}

TEST(RoutesContract, every_call_of_the_contract_is_in_the_server) {
  EXPECT_THAT(difference(calls_of_the_contract(), calls_of_the_server()), testing::IsEmpty());
}

TEST(RoutesContract, head_is_only_described_where_get_is) {
  for (const auto& [path, item] : contract().at("paths").as_object()) {
    EXPECT_LE(item.as_object().count("head"), item.as_object().count("get")) << path;
  }
}

TEST(ErrorsContract, every_code_is_in_the_contract_and_explained_with_its_status) {
  std::set<std::string> codes;
  const std::string page(assets().errors_html);
  for (int i = 0; i <= static_cast<int>(ErrorCode::InsufficientStorage); ++i) {
    const auto code = static_cast<ErrorCode>(i);
    const std::string name(code_name(code));
    codes.insert(name);
    const auto section = page.find("<section id=\"" + name + "\">");
    ASSERT_NE(section, std::string::npos) << name;
    const auto status = page.find("class=\"status\">", section);
    EXPECT_EQ(page.substr(status + 15, 3), std::to_string(status_of(code))) << name;
  }
  std::set<std::string> described;
  const auto schemas = contract().at("components").at("schemas").as_object();
  for (const auto& code : schemas.at("ErrorCode").at("enum").as_array())
    described.emplace(code.as_string());
  EXPECT_EQ(described, codes);
}

}  // namespace
}  // namespace pixelvault::api
