#!/bin/bash
# check.sh SOURCE BUILD COMPILER SANITIZERS: installs BUILD into a folder of its own, then builds and runs the consumer
# project with nothing but what was installed.
set -euo pipefail
source=$1 build=$2 compiler=$3 sanitizers=$4
prefix=$build/tests/package/prefix
consumer=$build/tests/package/consumer
rm -rf "$prefix" "$consumer"

cmake --install "$build" --prefix "$prefix" > /dev/null
"$prefix/bin/willrun" --version

for file in man/man1/willrun.1 man/man1/willrun-lint.1 bash-completion/completions/willrun zsh/site-functions/_willrun \
  fish/vendor_completions.d/willrun.fish; do
  [[ -s $prefix/share/$file ]] || { echo "share/$file is not installed" >&2; exit 1; }
done

flags=
[[ -z $sanitizers ]] || flags=-fsanitize=$sanitizers
cmake -S "$source/tests/package/consumer" -B "$consumer" -G Ninja -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_CXX_FLAGS="$flags" -DCMAKE_PREFIX_PATH="$prefix" > /dev/null
cmake --build "$consumer" -- --quiet
output=$("$consumer/consumer")
printf '%s\n' "$output"
[[ $output == "deploy (manual)" ]] || { echo "the consumer printed something else than: deploy (manual)" >&2; exit 1; }

# The README shows the consumer's program as it is.
shown=$(awk '/^```cpp$/ { on = 1; next } /^```$/ { on = 0 } on' "$source/README.md")
[[ $shown == "$(cat "$source/tests/package/consumer/main.cpp")" ]] || {
  echo "README.md does not show tests/package/consumer/main.cpp as it is" >&2
  exit 1
}
