// The tables of the store in PostgreSQL.
#pragma once

#include "server/postgres/connection.hpp"

namespace willrun::server::postgres {

constexpr int kVersion = 2;  // of the schema

// Makes what is not there and brings it up to date, one process at a time.
void bring_up_to_date(Connection& connection);
int version(Connection& connection);

}  // namespace willrun::server::postgres
