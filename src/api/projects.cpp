#include "api/projects.hpp"

#include <boost/json.hpp>
#include <string>
#include <utility>

#include "api/account_view.hpp"
#include "api/json_body.hpp"

namespace pixelvault::api {

namespace json = boost::json;
using domain::Result;
using domain::SessionCaller;

namespace {

base::task<Result<std::string>> read_name(http::Request& request) {
  const auto body = co_await read_json(request);
  if (!body) co_return std::unexpected(body.error());
  co_return required_text(*body, "name");
}

Result<http::Response> answer(unsigned status, const Result<domain::Project>& project) {
  if (!project) return std::unexpected(project.error());
  return json_response(status, {{"data", project_json(*project)}});
}

}  // namespace

base::task<Result<http::Response>> ProjectsApi::list(SessionCaller caller, http::Request&,
                                                     http::PathValues) {
  json::array projects;
  for (const auto& project : co_await projects_.list(caller)) {
    projects.push_back(project_json(project));
  }
  json::object meta{{"total", projects.size()}};
  co_return json_response(200, {{"data", std::move(projects)}, {"meta", std::move(meta)}});
}

base::task<Result<http::Response>> ProjectsApi::create(SessionCaller caller, http::Request& request,
                                                       http::PathValues) {
  auto name = co_await read_name(request);
  if (!name) co_return std::unexpected(name.error());
  const auto project = co_await projects_.create(std::move(caller), *std::move(name));
  auto response = answer(201, project);
  if (project) response->add("Location", "/v1/projects/" + project->id.to_string());
  co_return response;
}

base::task<Result<http::Response>> ProjectsApi::get(SessionCaller caller, http::Request&,
                                                    http::PathValues path) {
  const auto project = co_await projects_.get(std::move(caller), path.at(0));
  co_return answer(200, project);
}

base::task<Result<http::Response>> ProjectsApi::rename(SessionCaller caller, http::Request& request,
                                                       http::PathValues path) {
  auto name = co_await read_name(request);
  if (!name) co_return std::unexpected(name.error());
  const auto project = co_await projects_.rename(std::move(caller), path.at(0), *std::move(name));
  co_return answer(200, project);
}

base::task<Result<http::Response>> ProjectsApi::remove(SessionCaller caller, http::Request& request,
                                                       http::PathValues path) {
  // No project has an empty name, so that a missing confirmation is a wrong one.
  std::string confirmed(request.target.parameter("confirm").value_or(""));
  const auto deleted =
      co_await projects_.remove(std::move(caller), path.at(0), std::move(confirmed));
  if (!deleted) co_return std::unexpected(deleted.error());
  json::object data{{"id", deleted->id.to_string()},
                    {"deleted", true},
                    {"images", deleted->emptied ? "removed" : "pending"}};
  co_return json_response(200, {{"data", std::move(data)}, {"success", true}});
}

}  // namespace pixelvault::api
