#include "server/store.hpp"

#include <stdexcept>

namespace willrun::server {

std::unique_ptr<Store> open_store(const StoreOptions& options) {
  if (options.place.find("://") != std::string::npos)
    throw std::runtime_error("the store is the path of an SQLite file, not " +
                             options.place.substr(0, options.place.find(':')));
  return open_sqlite_store(options);
}

}  // namespace willrun::server
