// Answers that several endpoints give.
#pragma once

#include <algorithm>

#include "server/call.hpp"
#include "server/checks.hpp"
#include "server/failures.hpp"
#include "server/service.hpp"
#include "server/store.hpp"

namespace willrun::server {

void answer_json(Call& call, int status, const Json& json);
void answer_json_text(Call& call, int status, std::string json);  // what is JSON already

// `page` and `per_page` (at most 100), and GitLab's headers for a page of a list.
struct Paging {
  std::uint32_t page = 1;
  std::uint32_t per_page = 20;
};
Paging paging(const Call& call, Checks& checks);
Paging paging(const Call& call);  // of a list that declares nothing else
// The items of one page of `total`; `at` makes the item at a place.
template <class At>
Json items_of_page(const Paging& paging, std::size_t total, At at) {
  Json items = Json::array();
  const std::size_t begin = std::min<std::size_t>(total, std::size_t{paging.page - 1} * paging.per_page);
  const std::size_t end = std::min<std::size_t>(total, begin + paging.per_page);
  for (std::size_t i = begin; i < end; ++i) items.push_back(at(i));
  return items;
}
// `has_next`: there is more behind the page, though `total` may not tell it.
void answer_page(Call& call, const Json& items, const Paging& paging, std::uint64_t total, bool has_next = false);

// A `done` for the store that gives the call to `then` with the value, and answers for a store that failed; `missing`
// is the answer for no value. What `then` throws is the answer, too. All of it on the connection's thread: the store's
// goes on.
template <class T, class Then>
Done<T> answering(CallPointer call, Response missing, Then then) {
  return [call = std::move(call), missing = std::move(missing), then = std::move(then)](Stored<T> given) mutable {
    const CallPointer kept = call;  // its reply is in use until run() returns
    kept->reply.run(
        [call = std::move(call), missing = std::move(missing), then = std::move(then), stored = std::move(given)] {
          if (!stored.failure.empty()) {
            call->service.note("error", stored.failure, call->request.id);
            call->service.answer(*call, failure(Failure::store_failed));
          } else if (!stored.value) {
            call->service.answer(*call, missing);
          } else {
            call->service.run(call, [&](const CallPointer& one) { then(one, *stored.value); });
          }
        });
  };
}

}  // namespace willrun::server
