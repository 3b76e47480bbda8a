// What is read from and written to the tables of PostgreSQL.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/postgres/connection.hpp"
#include "server/rows.hpp"

namespace willrun::server::postgres {

// Of `trigger_tokens t`.
constexpr std::string_view kTokenColumns =
    "id, project_id, owner_id, description, lookup, sealed, short_token, created_at, updated_at, "
    "(SELECT max(p.created_at) FROM pipelines p WHERE p.trigger_id = t.id AND p.trigger_id > 0), expires_at";
template <class T>
std::optional<T> first(const pqxx::result& rows, T (*read)(Row&)) {
  if (rows.empty()) return std::nullopt;
  Row row(rows[0]);
  return read(row);
}

template <class T>
std::vector<T> all(const pqxx::result& rows, T (*read)(Row&)) {
  std::vector<T> found;
  found.reserve(static_cast<std::size_t>(rows.size()));
  for (const pqxx::row& one : rows) {
    Row row(one);
    found.push_back(read(row));
  }
  return found;
}

// Numbers of each kind, and iids of each project.
struct Numbers {
  Id pipelines = 0;
  Id jobs = 0;
  Id trigger_tokens = 0;
  std::map<Id, Id> iids;
};
// Takes as many as `counts` says, which nobody gets again; gives the last of each.
Numbers take_numbers(Connection& connection, const Numbers& counts);
Id take_iid(Connection& connection, Id project_id);
Id last_iid(Connection& connection, Id project_id);

// Pipelines that have their ids, in one statement. `again`: some of them may be there already.
void insert_pipelines(Connection& connection, std::span<const Pipeline* const> pipelines, bool again);

}  // namespace willrun::server::postgres
