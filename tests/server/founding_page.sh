#!/bin/bash
# founding_page.sh WILLRUN [STORE]: plays each promise of GitLab's page on the trigger API (P1 to P33) with curl against a
# running server, and prints a line each. STORE: sqlite (default), or postgresql://... of an empty database.
set -euo pipefail

willrun=$(realpath "$1")
store=${2:-sqlite}
work=$(mktemp -d)
server=
trap 'stop; rm -rf "$work"' EXIT
failed=0

# --- a source and a target project, and who works on them -----------------------------------------------------------

make_repository() {  # FOLDER, a commit message; the configuration on standard input
  mkdir -p "$1"
  git -C "$1" init -q -b main
  cat > "$1/.gitlab-ci.yml"
  git -C "$1" add -A
  git -C "$1" -c user.name=Dev -c user.email=dev@example.com -c commit.gpgsign=false commit -q -m "$2"
  git -C "$1" tag v1
  git -C "$1" branch feature/x
}

make_repository "$work/target" 'First [skip ci]' << 'YAML'
spec:
  inputs:
    environment:
      type: string
      description: "Deployment environment"
      options: [dev, staging, production]
      default: dev
---
variables:
  UPLOAD_TO_S3: "false"
workflow:
  rules:
    - if: $CI_PIPELINE_SOURCE == "trigger" && $BLOCK
      when: never
    - when: always
always:
  script: echo $[[ inputs.environment ]]
by-token:
  script: echo
  rules: [{if: $CI_PIPELINE_SOURCE == "trigger"}]
by-job:
  script: echo
  rules: [{if: $CI_PIPELINE_SOURCE == "pipeline"}]
only-triggers: {script: echo, only: [triggers]}
only-pipelines: {script: echo, only: [pipelines]}
triggered:
  script: echo
  rules: [{if: $CI_PIPELINE_TRIGGERED == "true"}]
upload:
  script: echo
  rules: [{if: $UPLOAD_TO_S3 == "true"}]
hook:
  script: cat $TRIGGER_PAYLOAD
  rules: [{if: $TRIGGER_PAYLOAD =~ /"commits"/}]
production:
  script: echo
  rules: [{if: '"$[[ inputs.environment ]]" == "production"'}]
YAML

make_repository "$work/source" First << 'YAML'
trigger_pipeline:
  stage: deploy
  script:
    - 'curl --fail --request POST --form token=$MY_TRIGGER_TOKEN --form ref=main "${CI_API_V4_URL}/projects/7/trigger/pipeline"'
  rules:
    - if: $CI_COMMIT_TAG
  environment: production
other:
  script: echo
YAML

hash_of() { printf %s "$1" | sha256sum | cut -d' ' -f1; }

configure() {  # ROLE of mia
  local place=$work/store.db
  [[ $store == sqlite ]] || place=$store
  cat > "$work/server.yml" << YAML
listen: 127.0.0.1:0
store: $place
key_file: $work/key
users:
  - {id: 1, username: olga, name: Olga, access_tokens: ['sha256:$(hash_of olga-secret)']}
  - {id: 2, username: mia, name: Mia, access_tokens: ['sha256:$(hash_of mia-secret)']}
  - {id: 3, username: dan, name: Dan, access_tokens: ['sha256:$(hash_of dan-secret)']}
projects:
  - id: 7
    path: group/target
    repository: $work/target
    members: {olga: owner, mia: $1, dan: developer}
    job_token_projects: [group/source]
    variables: {SECRET: {value: hush-hush, masked: true}}
  - id: 8
    path: group/source
    repository: $work/source
    members: {olga: owner, mia: maintainer, dan: developer}
YAML
}

start() {
  "$willrun" serve --config "$work/server.yml" 2>> "$work/log" &
  server=$!
  local lines
  lines=$(wc -l < "$work/log")
  for _ in $(seq 100); do
    url=$(tail -n +$((lines + 1)) "$work/log" | sed -n 's/.*listening on \(http[^"]*\)".*/\1/p' | tail -1)
    [[ -z $url ]] || break
    sleep 0.1
  done
  [[ -n $url ]] || { cat "$work/log" >&2; exit 1; }
  api=$url/api/v4/projects
}

stop() {
  [[ -n $server ]] || return 0
  kill "$server"
  wait "$server" || true
  server=
}

# --- asking and checking --------------------------------------------------------------------------------------------

ask() {  # curl's arguments; sets status and body
  local answer
  answer=$(curl --silent --write-out '\n%{http_code}' "$@")
  status=${answer##*$'\n'}
  body=${answer%$'\n'*}
}
as() { ask --header "PRIVATE-TOKEN: $1-secret" "${@:2}"; }
field() { sed -n "s/.*\"$1\":\"\{0,1\}\([^,\"}]*\).*/\1/p" <<< "$body" | head -1; }  # the last of this name
id_of() { sed -n 's/^{"id":\([0-9]*\),.*/\1/p' <<< "$body"; }
jobs_of() { as olga "$api/7/pipelines/$1/jobs?per_page=100"; grep -o '"stage":"[^"]*","name":"[^"]*"' <<< "$body" | sed 's/.*"name":"\(.*\)"/\1/' | sort | tr '\n' ' '; }

promise() {  # NAME, WHAT, then a command that must hold
  if "${@:3}"; then
    printf '%-4s ok    %s\n' "$1" "$2"
  else
    printf '%-4s FAILED  %s\n     answer: %s %s\n' "$1" "$2" "$status" "$body"
    failed=1
  fi
}
answers() {  # STATUS, then texts that the body holds
  [[ $status == "$1" ]] || return 1
  local text
  for text in "${@:2}"; do [[ $body == *"$text"* ]] || return 1; done
}
is() { [[ $1 == "$2" ]]; }
all() {  # several commands, each a word for eval
  local one
  for one in "$@"; do eval "$one" || return 1; done
}

configure maintainer
: > "$work/log"
start

ask --request POST "$api/7/triggers" --form description=none
as dan --request POST "$api/7/triggers" --form description=mine
refused=$status
as mia --request POST "$api/7/triggers" --form description='from Jenkins'
created=$body
promise P4 'a Maintainer creates a token, a Developer does not' all 'is $refused 403' 'answers 201 glptt-'
token=$(field token)
token_id=$(id_of)
as mia --request POST "$api/7/triggers"
promise P5 'a token has a description, which must be given' all 'answers 400 "{\"error\":\"description is missing\"}"' \
  '[[ $created == *"\"description\":\"from Jenkins\""* ]]'
as mia "$api/7/triggers"
own=$(field token)
as olga "$api/7/triggers"
promise P6 'its creator sees it whole at any time, others see four characters' all 'is $own $token' \
  'is "$(field token)" "${token:6:4}"'

ask --request POST --form token="$token" --form ref=main "$api/7/trigger/pipeline"
branch=$body
first=$(id_of)
promise P8 'a form with token and ref starts a pipeline' answers 201 '"ref":"main"' '"source":"trigger"' '"status":"created"'
ask --request POST "$api/7/trigger/pipeline?token=$token&ref=main"
promise P9 'so does a query without a body' answers 201 '"ref":"main"'
ask --request POST --form token="$token" --form ref=v1 "$api/7/trigger/pipeline"
promise P1 'from outside, for a branch or a tag' all '[[ $branch == *"\"tag\":false"* ]]' 'answers 201 "\"ref\":\"v1\"" "\"tag\":true"'
promise P10 'ref is the name of a branch or tag' answers 201 '"ref":"v1"'
ask --request POST --form token="$token" --form ref=main "$api/group%2Ftarget/trigger/pipeline"
promise P11 'the project is given by its id, or by its path' all 'answers 201 "\"project_id\":7"' '[[ $branch == *"\"project_id\":7"* ]]'

# A job of another project: its own pipeline, a job that runs, and that job's token.
as olga --request POST --form ref=main "$api/8/pipeline"
source_pipeline=$(id_of)
api_source=$(field source)
as olga "$api/8/pipelines/$source_pipeline/jobs"
job=$(sed -n 's/^\[{"id":\([0-9]*\),.*/\1/p' <<< "$body")
as olga --request POST "$api/8/jobs/$job/token"
job_token=$(field token)
ask --request POST --form token="$job_token" --form ref=main "$api/7/trigger/pipeline"
by_job=$(id_of)
by_job_body=$body
job_status=$status
as dan --request POST --form ref=feature/x "$api/7/pipeline"
promise P2 'trigger tokens and job tokens here, access tokens at the other endpoint' all 'is $job_status 201' \
  '[[ $by_job_body == *"\"source\":\"pipeline\""* ]]' 'answers 201 "\"source\":\"api\""' 'is $api_source api'
promise P27 'a job token gives pipeline, for rules and only' all \
  'is "$(jobs_of $by_job)" "always by-job only-pipelines "'
promise P26 'a trigger token gives trigger, for rules and only' all \
  'is "$(jobs_of $first)" "always by-token only-triggers triggered "'
promise P25 'rules and only control what runs in triggered pipelines' all '[[ $(jobs_of $first) != *by-job* ]]' \
  '[[ $(jobs_of $by_job) != *by-token* ]]'
promise P28 'CI_PIPELINE_TRIGGERED is true with a trigger token only' all '[[ $(jobs_of $first) == *"triggered "* ]]' \
  '[[ $(jobs_of $by_job) != *"triggered "* ]]'

as olga "$api/8/explain?job=trigger_pipeline&source=push&ref=v1"
on_tag=$(grep -c '"in_pipeline": true' <<< "$body" || true)
as olga "$api/8/explain?job=trigger_pipeline&source=push&ref=main"
on_branch=$(grep -c '"in_pipeline": true' <<< "$body" || true)
MY_TRIGGER_TOKEN=$token CI_API_V4_URL=$url/api/v4 bash -c \
  'curl --silent --fail --request POST --form token=$MY_TRIGGER_TOKEN --form ref=main "${CI_API_V4_URL}/projects/7/trigger/pipeline"' \
  > /dev/null && from_job=0 || from_job=$?
promise P12 'the job of the example runs for tags only, and its curl works' all 'is $on_tag 1' 'is $on_branch 0' 'is $from_job 0'

push='{"object_kind":"push","ref":"refs/heads/other","project_id":8,"commits":[{"id":"1"}]}'
hook() { ask --request POST --header 'Content-Type: application/json' --header "X-Gitlab-Event: ${2:-Push Hook}" --data "$push" "$1"; }
hook "$api/7/ref/main/trigger/pipeline?token=$token"
hooked=$(id_of)
promise P13 'the address of a webhook starts a pipeline' answers 201 '"source":"trigger"'
promise P14 'its ref wins over that of the payload' answers 201 '"ref":"main"'
as olga "$api/7/pipelines/$hooked/variables"
payload=$body
promise P16 'the payload is TRIGGER_PAYLOAD' all 'answers 200 "\"key\":\"TRIGGER_PAYLOAD\"" "\\\"object_kind\\\":\\\"push\\\""' \
  '[[ $(jobs_of $hooked) == *"hook "* ]]' '[[ $payload != *"$token"* ]]'
as olga "$api/7/pipelines/$hooked/variables"
promise P17 'which is a file' answers 200 '"variable_type":"file","key":"TRIGGER_PAYLOAD"'
hook "$api/7/ref/feature%2Fx/trigger/pipeline?token=$token"
promise P15 'a ref with slashes comes encoded' answers 201 '"ref":"feature/x"'
hook "$api/7/ref/main/trigger/pipeline?token=$token" 'Pipeline Hook'
promise P30 'pipeline events start nothing' is "$status $body" '403 {"message":"403 Forbidden"}'

ask --request POST --form token="$token" --form ref=main --form 'variables[UPLOAD_TO_S3]=true' --form 'variables[A]=1' \
  --form 'variables[B]=two words' "$api/7/trigger/pipeline"
given=$(id_of)
as mia "$api/7/pipelines/$given/variables"
promise P18 'any number of variables' answers 200 '"key":"UPLOAD_TO_S3","value":"true"' '"key":"A","value":"1"' '"key":"B","value":"two words"'
promise P19 'they go over those of the file' all '[[ $(jobs_of $given) == *"upload "* ]]' '[[ $(jobs_of $first) != *"upload "* ]]'
as dan "$api/7/pipelines/$given/variables"
hidden=$status
as dan "$api/7/pipelines/$given/jobs"
promise P20 'jobs show their names, only Maintainers and Owners see values' all 'is $hidden 403' \
  'answers 200 "\"variables\":[\"UPLOAD_TO_S3\",\"A\",\"B\",\"TRIGGER_PAYLOAD\"]"' '[[ $body != *"two words"* ]]'
promise P29 'jobs show a part of the token, and that they were triggered' answers 200 '"triggered":true' "\"trigger_short_token\":\"${token:6:4}\""

ask --request POST --form token="$token" --form ref=main --form 'inputs[environment]=production' "$api/7/trigger/pipeline"
promise P21 'inputs are passed as inputs[name]' all 'answers 201' '[[ $(jobs_of $(id_of)) == *"production "* ]]'
ask --request POST --form token="$token" --form ref=main --form 'inputs[environment]=prod' "$api/7/trigger/pipeline"
promise P22 'and checked against their specification' answers 422 \
  '{"message":{"base":["`.gitlab-ci.yml`: `environment` input: `prod` cannot be used because it is not in the list of allowed options"]}' '"willrun"'
wrong_input=$status
ask --request POST --form token="$token" --form ref=main --form 'variables[environment]=prod' "$api/7/trigger/pipeline"
promise P23 'which variables are not' all 'is $wrong_input 422' 'is $status 201'

as mia --request POST "$api/7/triggers" --form description=leaked
leaked=$(field token)
leaked_id=$(id_of)
as mia --request DELETE "$api/7/triggers/$leaked_id"
revoked=$status
ask --request POST --form token="$leaked" --form ref=main "$api/7/trigger/pipeline"
unusable="$status $body"
as mia "$api/7/triggers/$leaked_id"
gone=$status
as mia --request POST "$api/7/triggers" --form description=next
promise P24 'a revoked token is gone for ever' all 'is $revoked 204' 'is $gone 404' \
  'is "$unusable" "404 {\"message\":\"404 Not Found\"}"' '[[ $(id_of) -gt $leaked_id ]]'
ask --request POST --form token=mia-secret --form ref=main "$api/7/trigger/pipeline"
promise P31 'an access token is none' is "$status $body" '404 {"message":"404 Not Found"}'
ask --request POST --form token="$token" --form ref=master "$api/7/trigger/pipeline"
shown=$(curl --silent --show-error --fail --request POST --form token="$token" --form ref=master "$api/7/trigger/pipeline" 2>&1 || true)
promise P32 'a ref that is not there' all 'answers 400 "{\"message\":{\"base\":[\"Reference not found\"]}"' \
  '[[ $shown == *"The requested URL returned error: 400"* ]]'
ask --request POST --form token="$token" --form ref=main --form 'variables[BLOCK]=1' "$api/7/trigger/pipeline"
promise P33 'rules that prevent it' answers 400 \
  '{"message":{"base":["The pipeline did not run. Review the workflow:rules configuration for the pipeline."]}' '"willrun"'

as dan "$api/8/explain?source=push"
stop
promise P7 'secrets are in no log and not readable in the store' all '! grep -q "$token" "$work/log"' \
  '! grep -q "mia-secret" "$work/log"' '[[ $store != sqlite ]] || ! grep -aq "$token" "$work"/store.db*'

# The same store, and an owner of the token with a smaller role.
configure guest
start
ask --request POST --form token="$token" --form ref=main "$api/7/trigger/pipeline"
guest="$status $body"
stop
configure developer
start
ask --request POST --form token="$token" --form ref=main "$api/7/trigger/pipeline"
protected="$status $body"
ask --request POST --form token="$token" --form ref=feature/x "$api/7/trigger/pipeline"
promise P3 'a token may what its owner may' all 'answers 201 "\"username\":\"mia\""' \
  '[[ $guest == "400 "*"Insufficient permissions to create a new pipeline"* ]]' \
  '[[ $protected == "400 "*"You do not have sufficient permission to run a pipeline on"* ]]'
as olga "$api/7/triggers/$token_id"
stop

exit $failed
