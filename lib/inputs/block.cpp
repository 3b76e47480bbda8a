#include "inputs/block.hpp"

#include <interpolation.hpp>

namespace willrun::inputs {

namespace {

namespace grammar = willrun::grammar::interpolation;
namespace pegtl = tao::pegtl;

using Input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*>;

constexpr std::string_view kOpen = "$[[";
constexpr std::string_view kSpaces = " \t\n\v\f\r";

template <class Rule>
struct BlockAction : pegtl::nothing<Rule> {};

template <>
struct BlockAction<grammar::data> {
  template <class In>
  static void apply(const In& in, Block& block) {
    block.data = {in.begin(), in.size()};
  }
};

template <class Rule>
struct PieceAction : pegtl::nothing<Rule> {};

template <>
struct PieceAction<grammar::piece> {
  template <class In>
  static void apply(const In& in, std::vector<std::string_view>& pieces) {
    pieces.emplace_back(in.begin(), in.size());
  }
};

// Ruby's strip: a NUL counts as white space too.
std::string_view strip(std::string_view text) {
  constexpr std::string_view kStripped(" \t\n\v\f\r\0", 7);
  const std::size_t begin = text.find_first_not_of(kStripped);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kStripped) - begin + 1);
}

}  // namespace

std::optional<Block> BlockFinder::next() {
  while (true) {
    const std::size_t begin = text_.find(kOpen, offset_);
    if (begin == std::string_view::npos) return std::nullopt;
    offset_ = begin + kOpen.size();
    const std::size_t data = std::min(text_.find_first_not_of(kSpaces, offset_), text_.size());
    if (data < dead_until_) continue;
    Block block;
    Input in(text_.data() + begin, text_.data() + text_.size(), "");
    if (pegtl::parse<grammar::block, BlockAction>(in, block)) {
      offset_ = static_cast<std::size_t>(in.current() - text_.data());
      block.text = text_.substr(begin, offset_ - begin);
      return block;
    }
    dead_until_ = std::min(text_.find('\n', data), text_.size());
  }
}

std::vector<Block> find_blocks(std::string_view text) {
  std::vector<Block> blocks;
  BlockFinder finder(text);
  while (const std::optional<Block> block = finder.next()) blocks.push_back(*block);
  return blocks;
}

bool is_matrix_block(const Block& block) { return block.data.starts_with("matrix."); }

BlockParts split_block(std::string_view data) {
  std::vector<std::string_view> pieces;
  Input in(data.data(), data.data() + data.size(), "");
  pegtl::parse<grammar::pieces, PieceAction>(in, pieces);
  while (!pieces.empty() && pieces.back().empty()) pieces.pop_back();
  BlockParts parts;
  for (std::string_view& piece : pieces) piece = strip(piece);
  if (pieces.empty()) return parts;
  parts.access = pieces.front();
  parts.functions.assign(pieces.begin() + 1, pieces.end());
  return parts;
}

}  // namespace willrun::inputs
