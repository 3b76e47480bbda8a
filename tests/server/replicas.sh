#!/bin/bash
# replicas.sh WILLRUN STORE: two servers on one empty database, postgresql://..., by curl. What one does the other knows.
set -euo pipefail

willrun=$(realpath "$1")
store=$2
work=$(mktemp -d)
servers=()
trap 'kill -KILL "${servers[@]}" 2> /dev/null || true; rm -rf "$work"' EXIT

mkdir "$work/app"
printf 'test: {script: echo}\n' > "$work/app/.gitlab-ci.yml"
cat > "$work/server.yml" << YAML
listen: 127.0.0.1:0
store: $store
key_file: $work/key
users: [{id: 1, username: olga, access_tokens: ['sha256:$(printf %s olga-secret | sha256sum | cut -d' ' -f1)']}]
projects: [{id: 7, path: group/app, repository: $work/app, default_branch: main, members: {olga: owner}}]
YAML
head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n' > "$work/key"
chmod 600 "$work/key"

fail() {
  echo "FAILED: $1" >&2
  tail -n 5 "$work"/log.* >&2
  exit 1
}

# Both start at once, so that both make the tables.
for number in 0 1; do
  "$willrun" serve --config "$work/server.yml" 2> "$work/log.$number" &
  servers[number]=$!
  disown
done
url() {
  for _ in $(seq 100); do
    sed -n 's/.*listening on \(http[^"]*\)".*/\1/p' "$work/log.$1" | grep . && return
    sleep 0.1
  done
  fail "server $1 did not start"
}
one=$(url 0)
other=$(url 1)
triggers=api/v4/projects/7/triggers

# status URL ARGUMENTS...: the answer is in $work/body
status() { curl --silent --max-time 10 --output "$work/body" --write-out '%{http_code}' "$@" || true; }
expect() {  # WHAT, STATUS, curl's arguments
  local what=$1 wanted=$2 got
  got=$(status "${@:3}")
  [[ $got == "$wanted" ]] || fail "$what: $got in place of $wanted: $(cat "$work/body")"
  echo "ok: $what"
}
field() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p" "$work/body" | head -n 1; }

expect 'a token is made' 201 --header 'PRIVATE-TOKEN: olga-secret' --form description=d "$one/$triggers"
token=$(field token)
id=$(field id)
expect 'the other server takes it' 201 --form token="$token" --form ref=main "$other/api/v4/projects/7/trigger/pipeline"
expect 'a description changes' 200 --request PUT --header 'PRIVATE-TOKEN: olga-secret' --form description=changed "$one/$triggers/$id"
expect 'the other server shows it' 200 --header 'PRIVATE-TOKEN: olga-secret' "$other/$triggers/$id"
[[ $(field description) == changed ]] || fail 'the old description'

# 100 triggers, 50 at each, eight at a time: 100 numbers.
for _ in $(seq 50); do printf '%s\n%s\n' "$one" "$other"; done |
  xargs -P 8 -I{} curl --silent --form token="$token" --form ref=main "{}/api/v4/projects/7/trigger/pipeline" |
  grep -o '"iid":[0-9]*' | cut -d: -f2 | sort -n > "$work/iids"
[[ $(cat "$work/iids") == "$(seq 2 101)" ]] || fail "numbers: $(tr '\n' ' ' < "$work/iids")"
echo 'ok: 100 triggers at two servers have 100 numbers'

# The database starts anew under both.
"$WILLRUN_TEST_POSTGRES_CONTROL" stop
expect 'without the database no server is ready' 503 "$one/readyz"
expect 'it lives' 200 "$other/healthz"
expect 'a trigger fails' 500 --form token="$token" --form ref=main "$one/api/v4/projects/7/trigger/pipeline"
"$WILLRUN_TEST_POSTGRES_CONTROL" start
for _ in $(seq 50); do [[ $(status "$one/readyz")$(status "$other/readyz") != 200200 ]] || break; sleep 0.1; done
expect 'with it one server goes on' 201 --form token="$token" --form ref=main "$one/api/v4/projects/7/trigger/pipeline"
expect 'and the other' 201 --form token="$token" --form ref=main "$other/api/v4/projects/7/trigger/pipeline"

# Revoked at one, refused at the other with the next request.
expect 'the token is removed' 204 --request DELETE --header 'PRIVATE-TOKEN: olga-secret' "$one/$triggers/$id"
expect 'the other server refuses it' 404 --form token="$token" --form ref=main "$other/api/v4/projects/7/trigger/pipeline"

# One server is killed; the other has all of it.
kill -KILL "${servers[0]}"
expect 'the other server has all pipelines' 200 --head --header 'PRIVATE-TOKEN: olga-secret' \
  "$other/api/v4/projects/7/pipelines?per_page=1"
grep -qi '^x-total: 103' "$work/body" || fail "$(cat "$work/body")"
