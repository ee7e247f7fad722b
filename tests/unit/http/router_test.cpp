#include "http/router.hpp"

#include <gtest/gtest.h>

namespace pixelvault::http {
namespace {

base::task<Response> nothing(Request&, PathValues) { co_return Response{}; }

class Routing : public testing::Test {
 protected:
  Router router_{{
      {Method::Get, "/v1/things", nothing},
      {Method::Post, "/v1/things", nothing},
      {Method::Delete, "/v1/things/:id", nothing},
      {Method::Get, "/proj_:project/:file", nothing},
  }};

  const PathValues* values(Method method, std::string_view path) {
    found_ = router_.find(method, path);
    const auto* match = std::get_if<Router::Match>(&found_);
    return match == nullptr ? nullptr : &match->values;
  }
  std::string allow(Method method, std::string_view path) {
    found_ = router_.find(method, path);
    const auto* other = std::get_if<Router::NoSuchMethod>(&found_);
    return other == nullptr ? "" : other->allow;
  }
  bool unknown(std::string_view path) {
    return std::holds_alternative<Router::NoSuchPath>(router_.find(Method::Get, path));
  }

  std::variant<Router::Match, Router::NoSuchPath, Router::NoSuchMethod> found_{
      Router::NoSuchPath{}};
};

TEST_F(Routing, finds_literal_paths_by_method) {
  EXPECT_NE(values(Method::Get, "/v1/things"), nullptr);
  EXPECT_NE(values(Method::Post, "/v1/things"), nullptr);
}

TEST_F(Routing, a_get_route_answers_head) {
  EXPECT_NE(values(Method::Head, "/v1/things"), nullptr);
}

TEST_F(Routing, names_take_one_whole_segment) {
  const auto* found = values(Method::Delete, "/v1/things/x.y");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(*found, PathValues{"x.y"});
}

TEST_F(Routing, a_prefix_is_part_of_its_value) {
  const auto* found = values(Method::Get, "/proj_1/a.jpg");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(*found, (PathValues{"proj_1", "a.jpg"}));
}

TEST_F(Routing, other_methods_are_told_what_is_allowed) {
  EXPECT_EQ(allow(Method::Put, "/v1/things"), "GET, HEAD, POST");
  EXPECT_EQ(allow(Method::Other, "/v1/things/1"), "DELETE");
}

TEST_F(Routing, unknown_paths_are_unknown_for_every_method) {
  for (const auto* path : {"/", "/v1", "/v1/", "/v1/things/", "/v1/things/1/2", "/v1//things",
                           "//v1/things", "/other/a.jpg", "/proj_1/", "/proj_1/a/b"}) {
    EXPECT_TRUE(unknown(path)) << path;
  }
}

}  // namespace
}  // namespace pixelvault::http
