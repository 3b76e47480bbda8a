#!/bin/bash
# check.sh ROOT: who may include whom. Prints `file:line: what is wrong` for each include that breaks a rule, and fails if
# there is one. The rules:
#   1. A folder of lib/ includes its own headers, those of base/, and those of folders with a smaller number in lib/LAYERS.
#   2. A third-party header stays in its room (the table `room` below).
#   3. include/willrun includes <willrun/...> and the standard library.
#   4. tools/ includes <willrun/...> and its own headers, nothing of lib/ or grammar/.
#   5. grammar/ is included by lib/expr, lib/inputs and lib/vars, and holds rules only: it includes PEGTL and itself.
set -euo pipefail
cd "$1"

find include lib grammar tools -type f \( -name '*.hpp' -o -name '*.cpp' -o -name '*.h' \) 2> /dev/null | sort | xargs -r awk '
function complain(text) {
  printf "%s:%d: %s\n", FILENAME, FNR, text
  bad = 1
}

# Whether `where` begins with one of the blank-separated prefixes.
function is_in(where, prefixes,    all, i, n) {
  n = split(prefixes, all, " ")
  for (i = 1; i <= n; ++i) if (index(where, all[i]) == 1) return 1
  return 0
}

function check_third_party(header,    i) {
  for (i in room) {
    if (index(header, i) == 1 && !is_in(FILENAME, room[i])) complain("<" header "> belongs to " room[i] "only")
  }
}

function check_public(header, quoted) {
  if (quoted) complain("a public header includes \"" header "\"; it may use <willrun/...> and the standard library")
  else if (header !~ /^willrun\// && header !~ /^[a-z_]+$/) complain("a public header includes <" header ">")
}

function check_library(header,    folder, target) {
  folder = part[2]
  target = header
  if (!sub(/\/.*/, "", target)) {
    if (!is_in(FILENAME, grammar_users)) complain("\"" header "\" of grammar/ belongs to " grammar_users "only")
    return
  }
  if (!(folder in layer)) complain("lib/" folder " has no number in lib/LAYERS")
  else if (!(target in layer)) complain("\"" header "\" is in no folder of lib/LAYERS")
  else if (target != folder && target != "base" && layer[target] >= layer[folder])
    complain("lib/" folder " (layer " layer[folder] ") includes \"" header "\" (layer " layer[target] ")")
}

function check_tool(header,    target) {
  target = header
  sub(/\/.*/, "", target)
  if (target in layer || index(header, "/") == 0) complain("a tool includes \"" header "\"; it may use <willrun/...>")
}

BEGIN {
  while ((getline line < "lib/LAYERS") > 0) {
    if (line ~ /^[a-z]/ && split(line, word, " ") >= 2) layer[word[1]] = word[2]
  }
  room["yaml-cpp/"] = "lib/yaml/ "
  room["yaml.h"] = "lib/yaml/ lib/ruby/ "
  room["tao/"] = "grammar/ lib/expr/ lib/inputs/ lib/vars/ "
  room["re2/"] = "lib/machine/ lib/inputs/ "
  room["nlohmann/"] = "lib/compose/ lib/report/ lib/api/ tools/ "
  room["sodium.h"] = "lib/compose/ tools/ "
  room["git2.h"] = "tools/ "
  room["curl/"] = "tools/ "
  room["boost/"] = "tools/server/http/ tools/server/hangup.cpp tools/server/workers.cpp "
  room["sqlite3.h"] = "tools/server/sqlite/ "
  room["pqxx/"] = "tools/server/postgres/ "
  room["utf8proc.h"] = "lib/base/ "
  room["CLI/"] = "tools/ "
  room["fmt/"] = "lib/ tools/ "
  grammar_users = "lib/expr/ lib/inputs/ lib/vars/ "
}

/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
  quoted = $0 ~ /include[ \t]*"/
  header = $0
  sub(/^[^<"]*[<"]/, "", header)
  sub(/[>"].*$/, "", header)
  split(FILENAME, part, "/")
  check_third_party(header)
  if (part[1] == "include") check_public(header, quoted)
  if (part[1] == "lib" && quoted) check_library(header)
  if (part[1] == "tools" && quoted) check_tool(header)
  if (part[1] == "grammar" && !quoted && header !~ /^tao\// && header !~ /^[a-z_]+$/) complain("grammar/ includes <" header ">")
  if (index(header, "re2/") == 1 && part[2] == "inputs") regex_files[FILENAME] = FNR
}

END {
  n = 0
  for (file in regex_files) ++n
  if (n > 1) for (file in regex_files) {
    printf "%s:%d: RE2 is used by one file of lib/inputs, and there are %d\n", file, regex_files[file], n
    bad = 1
  }
  exit bad
}'
