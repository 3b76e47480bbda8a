#include "conformance/case.hpp"

#include <stdexcept>

#include "conformance/digest.hpp"

namespace willrun::conformance {

Case read_case(Json body) {
  Case read;
  read.body = std::move(body);
  read.id = read.body.at("id").get<std::string>();
  read.category = read.body.at("category").get<std::string>();
  read.kind = read.body.at(read.body.contains("op") ? "op" : "mode").get<std::string>();
  return read;
}

std::string text_of(const Json& body, const std::string& name) {
  if (body.contains(name)) return body.at(name).get<std::string>();
  if (body.contains(name + "_base64")) {
    auto bytes = base64_decode(body.at(name + "_base64").get_ref<const std::string&>());
    if (!bytes) throw std::runtime_error(name + "_base64 is not base64");
    return *std::move(bytes);
  }
  std::string out;
  for (const Json& part : body.at(name + "_parts")) {
    const auto& text = part.at(0).get_ref<const std::string&>();
    for (std::size_t i = part.at(1).get<std::size_t>(); i > 0; --i) out += text;
  }
  return out;
}

}  // namespace willrun::conformance
