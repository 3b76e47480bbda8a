#!/bin/bash
# test_check.sh CHECK: the check finds a violation of each rule, and nothing in a tree that keeps them.
set -euo pipefail
check=$1
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

plant() {
  mkdir -p "$tree/$(dirname "$1")"
  printf '#pragma once\n%s\n' "$2" > "$tree/$1"
}

fresh_tree() {
  rm -rf "${tree:?}"/*
  mkdir -p "$tree"/{include/willrun,lib,grammar,tools}
  printf '# folder layer\nbase 0\nsource 0\nyaml 2\nexpr 3\nmachine 4\ninputs 5\nreport 10\n' > "$tree/lib/LAYERS"
  plant include/willrun/value.hpp '#include <vector>'
  plant lib/base/text.hpp '#include <string>'
  plant lib/source/files.hpp '#include "base/text.hpp"'
  plant lib/yaml/load.hpp '#include "base/text.hpp"'
  plant lib/yaml/reader.cpp '#include <yaml-cpp/yaml.h>'
  plant lib/expr/parse.cpp '#include "expression.hpp"'
  plant grammar/expression.hpp '#include <tao/pegtl.hpp>'
  plant tools/one/main.cpp '#include <willrun/value.hpp>'
}

failures=0
expect() {
  local output
  output=$(bash "$check" "$tree" 2>&1) || true
  if [[ $output != *"$1"* || -z $1 && -n $output ]]; then
    printf 'expected: %s\n     got: %s\n' "${1:-nothing}" "$output"
    failures=$((failures + 1))
  fi
}

fresh_tree
expect ''

# planted FILE INCLUDE COMPLAINT: what the check says when this include is added to a clean tree.
planted() {
  fresh_tree
  plant "$1" "$2"
  expect "$1:2: $3"
  if bash "$check" "$tree" > /dev/null 2>&1; then
    printf 'the check passed with %s in %s\n' "$2" "$1"
    failures=$((failures + 1))
  fi
}

planted lib/yaml/up.hpp '#include "expr/tree.hpp"' 'lib/yaml (layer 2) includes "expr/tree.hpp" (layer 3)'
planted lib/base/up.hpp '#include "source/files.hpp"' 'lib/base (layer 0) includes "source/files.hpp" (layer 0)'
planted lib/new/a.hpp '#include "base/text.hpp"' 'lib/new has no number in lib/LAYERS'
planted lib/yaml/who.hpp '#include "nobody/a.hpp"' '"nobody/a.hpp" is in no folder of lib/LAYERS'
planted lib/expr/a.cpp '#include <yaml.h>' '<yaml.h> belongs to lib/yaml/ lib/ruby/ only'
planted lib/yaml/b.cpp '# include <tao/pegtl.hpp>' '<tao/pegtl.hpp> belongs to grammar/ lib/expr/ lib/inputs/ lib/vars/ only'
planted lib/expr/c.cpp '#include <re2/re2.h>' '<re2/re2.h> belongs to lib/machine/ lib/inputs/ only'
planted lib/machine/d.cpp '#include <nlohmann/json.hpp>' '<nlohmann/json.hpp> belongs to lib/compose/ lib/report/ lib/api/ tools/ only'
planted lib/machine/e.cpp '#include "expression.hpp"' '"expression.hpp" of grammar/ belongs to lib/expr/ lib/inputs/ lib/vars/ only'
planted include/willrun/f.hpp '#include "base/text.hpp"' 'a public header includes "base/text.hpp"'
planted include/willrun/g.hpp '#include <fmt/format.h>' '<fmt/format.h> belongs to lib/ tools/ only'
planted include/willrun/h.hpp '#include <sys/stat.h>' 'a public header includes <sys/stat.h>'
planted tools/one/i.cpp '#include "base/text.hpp"' 'a tool includes "base/text.hpp"'
planted tools/one/j.cpp '#include "expression.hpp"' 'a tool includes "expression.hpp"'

fresh_tree
plant lib/inputs/one.cpp '#include <re2/re2.h>'
expect ''
plant lib/inputs/two.cpp '#include <re2/re2.h>'
expect 'RE2 is used by one file of lib/inputs, and there are 2'

[[ $failures -eq 0 ]] && echo "the layering check finds what it should"
exit "$((failures > 0))"
