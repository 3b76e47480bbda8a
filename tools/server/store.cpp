#include "server/store.hpp"

#include <stdexcept>

namespace willrun::server {

std::unique_ptr<Store> open_store(const StoreOptions& options) {
  const std::string& place = options.place;
  if (place.starts_with("postgresql://") || place.starts_with("postgres://")) return open_postgres_store(options);
  if (const std::size_t scheme = place.find("://"); scheme != std::string::npos)
    throw std::runtime_error("the store is the path of an SQLite file or begins with postgresql://, not with " +
                             place.substr(0, scheme + 3));
  return open_sqlite_store(options);
}

}  // namespace willrun::server
