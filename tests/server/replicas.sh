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
now() { date +%s%3N; }
within() { # MILLISECONDS, since when, WHAT
  local took=$(($(now) - $2))
  [[ $took -lt $1 ]] || fail "$3: after $took ms"
  echo "ok: $3 after $took ms"
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

both_ready() {
  for _ in $(seq 50); do [[ $(status "$one/readyz")$(status "$other/readyz") != 200200 ]] || break; sleep 0.1; done
}

# The database starts anew under both.
"$WILLRUN_TEST_POSTGRES_CONTROL" stop
expect 'without the database no server is ready' 503 "$one/readyz"
expect 'it lives' 200 "$other/healthz"
expect 'a trigger fails' 503 --form token="$token" --form ref=main "$one/api/v4/projects/7/trigger/pipeline"
"$WILLRUN_TEST_POSTGRES_CONTROL" start
both_ready
expect 'with it one server goes on' 201 --form token="$token" --form ref=main "$one/api/v4/projects/7/trigger/pipeline"
expect 'and the other' 201 --form token="$token" --form ref=main "$other/api/v4/projects/7/trigger/pipeline"

# The database freezes under both: what needs it waits, and nothing else does. Twice as many requests as one server has
# threads for them, those of a known token among them.
"$WILLRUN_TEST_POSTGRES_CONTROL" freeze
waiting=()
for number in $(seq 40); do
  curl --silent --max-time 60 --output "$work/answer.$number" --write-out '%{http_code}\n' --form token="$token" --form ref=main \
    "$one/api/v4/projects/7/trigger/pipeline" >> "$work/statuses" &
  waiting+=($!)
done
begin=$(now)
expect 'it lives beside a frozen database' 200 "$one/healthz"
expect 'who needs no database is answered' 200 --header 'PRIVATE-TOKEN: olga-secret' "$one/api/v4/projects/7/ci/lint"
within 1000 "$begin" 'both were answered'
"$WILLRUN_TEST_POSTGRES_CONTROL" thaw
wait "${waiting[@]}"
[[ $(sort "$work/statuses" | uniq -c | tr -s ' ') == ' 40 201' ]] || fail "answers behind the frost: $(sort "$work/statuses" | uniq -c)"
echo 'ok: and the others when it thaws'

# Revoked at one, refused at the other within a second: as a rule, when nobody can be told, and behind a new start. The other
# server knows the token, and is asked without a pause until it refuses.
dry_run() { status --form token="$token" --form ref=main --form dry_run=true "$other/api/v4/projects/7/trigger/pipeline"; }
revoked() { # WHAT, a command that goes before
  local begin last came
  [[ $(dry_run) == 200 ]] || fail "not taken by the other server: $1"
  "${@:2}"
  begin=$(now)
  expect "the token is removed: $1" 204 --request DELETE --header 'PRIVATE-TOKEN: olga-secret' "$one/$triggers/$id"
  last=$begin came=$(now)
  until [[ $(dry_run) == 404 || $((came - begin)) -gt 5000 ]]; do last=$came came=$(now); done
  [[ $((last - begin)) -lt 1000 ]] || fail "the other server takes it after $((last - begin)) ms"
  echo "ok: and the other server takes none that comes later than $((last - begin)) ms"
}
new_token() {
  expect 'a token is made' 201 --header 'PRIVATE-TOKEN: olga-secret' --form description=d "$one/$triggers"
  token=$(field token)
  id=$(grep -o '"id":[0-9]*' "$work/body" | head -n 1 | cut -d: -f2)
}
end_listeners() { # both listen some moments after the database came back
  local listeners="FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
  ask() { psql --quiet --no-align --tuples-only "$store" --output "$work/ended" --command "SELECT $1 $listeners"; }
  for _ in $(seq 50); do ask 'count(*)'; [[ $(cat "$work/ended") != 2 ]] || break; sleep 0.1; done
  ask 'count(pg_terminate_backend(pid, 5000))'
  [[ $(cat "$work/ended") == 2 ]] || fail "listening connections: $(cat "$work/ended")"
}
restart_database() {
  "$WILLRUN_TEST_POSTGRES_CONTROL" restart
  both_ready
}
revoked 'as a rule' true
new_token
revoked 'nobody listens' end_listeners
new_token
revoked 'the database was started anew' restart_database

# One server is killed; the other has all of it.
kill -KILL "${servers[0]}"
expect 'the other server has all pipelines' 200 --head --header 'PRIVATE-TOKEN: olga-secret' \
  "$other/api/v4/projects/7/pipelines?per_page=1"
grep -qi '^x-total: 143' "$work/body" || fail "$(cat "$work/body")"

# It stops though the database does not answer.
"$WILLRUN_TEST_POSTGRES_CONTROL" freeze
begin=$(now)
kill -TERM "${servers[1]}"
while kill -0 "${servers[1]}" 2> /dev/null && [[ $(($(now) - begin)) -lt 5000 ]]; do sleep 0.1; done
within 5000 "$begin" 'it stops beside a frozen database'
"$WILLRUN_TEST_POSTGRES_CONTROL" thaw
