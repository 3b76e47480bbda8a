#!/bin/bash
# reload.sh WILLRUN: SIGHUP has a server read its configuration anew, while it answers.
set -euo pipefail

willrun=$(realpath "$1")
work=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill -KILL "$server" 2> /dev/null || true; rm -rf "$work"' EXIT

fail() {
  echo "FAILED: $1" >&2
  tail -n 5 "$work/log" >&2
  exit 1
}
digest() { printf %s "$1" | sha256sum | cut -d' ' -f1; }
# configure OLGA'S TOKEN [LINES...]
configure() {
  {
    echo 'listen: 127.0.0.1:0'
    echo "users: [{id: 1, username: olga, access_tokens: ['sha256:$(digest "$1")']}]"
    echo 'projects:'
    echo '  - {id: 7, path: group/app, repository: app, members: {olga: owner}}'
    printf '%s\n' "${@:2}"
  } > "$work/new.yml"
  mv "$work/new.yml" "$work/server.yml"
}
lines_with() { grep -c "$1" "$work/log" || true; }
# reload TEXT: the signal, until one line more of the log has the text
reload() {
  local before
  before=$(lines_with "$1")
  kill -HUP "$server"
  for _ in $(seq 100); do [[ $(lines_with "$1") -gt $before ]] && return; sleep 0.05; done
  fail "no line with: $1"
}
expect() {  # WHAT, STATUS, curl's arguments
  local got
  got=$(curl --silent --max-time 10 --output "$work/body" --write-out '%{http_code}' "${@:3}" || true)
  [[ $got == "$2" ]] || fail "$1: $got in place of $2: $(cat "$work/body")"
  echo "ok: $1"
}

mkdir "$work/app"
printf 'test: {script: echo}\n' > "$work/app/.gitlab-ci.yml"
configure first
"$willrun" serve --config "$work/server.yml" 2> "$work/log" &
server=$!
disown
for _ in $(seq 100); do grep -q 'listening on' "$work/log" && break; sleep 0.1; done
url=$(sed -n 's/.*listening on \(http[^"]*\)".*/\1/p' "$work/log")
[[ -n $url ]] || fail 'the server did not start'
triggers=$url/api/v4/projects/7/triggers
expect 'a token is made' 201 --header 'PRIVATE-TOKEN: first' --form description=d "$triggers"
token=$(sed -n 's/.*"token":"\([^"]*\).*/\1/p' "$work/body")

configure second '  - {id: 8, path: group/new, repository: app, members: {olga: owner}}'
reload 'the configuration was read anew: 2 projects, 1 users'
expect 'an access token that is gone is refused' 401 --header 'PRIVATE-TOKEN: first' "$triggers"
expect 'the one in its place is taken' 200 --header 'PRIVATE-TOKEN: second' "$triggers"
expect 'a project that came is there' 200 --header 'PRIVATE-TOKEN: second' "$url/api/v4/projects/8/triggers"
expect 'links lead to the address it listens on' 201 --form token="$token" --form ref=main "$url/api/v4/projects/7/trigger/pipeline"
grep -qF "\"web_url\":\"$url/group/app/" "$work/body" || fail "$(cat "$work/body")"

configure third 'threads: x'
reload "the configuration stays as it was: $work/server.yml: "
expect 'a wrong file changes nothing' 200 --header 'PRIVATE-TOKEN: second' "$triggers"
expect 'metrics say so' 200 "$url/metrics"
grep -q '^willrun_config_last_reload_successful 0$' "$work/body" || fail "$(cat "$work/body")"

configure third 'threads: 7'
reload '`threads` has changed, which counts from the next start on'
expect 'the rest of the file counts' 200 --header 'PRIVATE-TOKEN: third' "$triggers"

# Connections that stay open, each with 250 triggers, and reloads meanwhile: all are answered.
loads=()
for number in 1 2 3 4; do
  curl --silent --output /dev/null --write-out '%{http_code} %{num_connects}\n' --form token="$token" --form ref=main \
    "$url/api/v4/projects/7/trigger/pipeline?number=[1-250]" > "$work/load.$number" &
  loads+=($!)
done
reloads=0
while kill -0 "${loads[@]}" 2> /dev/null; do
  configure third "variables: {A: '$((reloads++ % 3))'}"
  kill -HUP "$server"
  sleep 0.01
done
wait "${loads[@]}"
statuses=$(cat "$work"/load.* | sort | uniq -c | sed 's/^ *//' | sort -n)
[[ $statuses == $'4 201 1\n996 201 0' ]] || fail "answers and new connections: $statuses"
[[ $(lines_with 'read anew') -gt 2 ]] || fail 'nothing was read anew meanwhile'
echo "ok: 1000 triggers on 4 connections, while the signal came $reloads times"
kill -TERM "$server"
