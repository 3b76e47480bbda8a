#include "report/xml.hpp"

#include "base/utf8.hpp"

namespace willrun::report {

std::string xml(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto decoded = utf8::decode(text, at);
    const char32_t point = decoded.code_point;
    const bool forbidden = !decoded.valid || (point < 0x20 && point != '\t' && point != '\n' && point != '\r') ||
                           point == 0xFFFE || point == 0xFFFF;
    if (forbidden) {
      out += "\xEF\xBF\xBD";
    } else {
      switch (point) {
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '&': out += "&amp;"; break;
        case '"': out += "&quot;"; break;
        case '\t': out += "&#9;"; break;
        case '\n': out += "&#10;"; break;
        case '\r': out += "&#13;"; break;
        default: out += text.substr(at, decoded.size);
      }
    }
    at += decoded.size;
  }
  return out;
}

}  // namespace willrun::report
