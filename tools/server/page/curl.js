// The `curl` command that asks what the page asks.
import {address} from "./api.js";

export const TRIGGER_TOKEN = "YOUR_TRIGGER_TOKEN";
const ACCESS_TOKEN = "YOUR_ACCESS_TOKEN";

// One word for a POSIX shell: nothing in single quotes means anything to it but the quote itself.
export const quoted = text => `'${text.replaceAll("'", "'\\''")}'`;

// On one line as long as it is short.
function written(body) {
  const line = JSON.stringify(body);
  return line.length > 84 ? JSON.stringify(body, null, 2) : line;
}

function command(headers, body, path) {
  const lines = ["curl --request POST", ...[...headers, "Content-Type: application/json"].map(header => `--header ${quoted(header)}`),
                 `--data-raw ${quoted(written(body))}`, quoted(address(path))];
  return lines.join(" \\\n     ");
}

// The request that starts the pipeline of a call {project, source, ref, target_branch, variables, inputs}; none for sources
// that no request has.
export function startOf(call, triggerToken) {
  const {source, project, target_branch: _, ...rest} = call;
  if (source === "trigger") return {path: `/projects/${project}/trigger/pipeline`, body: {token: triggerToken, ...rest}, by: "trigger token"};
  if (source !== "api") return null;
  const variables = Object.entries(rest.variables ?? {}).map(([key, value]) => ({key, value}));
  return {path: `/projects/${project}/pipeline`, body: {...rest, ...(rest.variables && {variables})}, by: "access token"};
}

// `job`: to be explained, too.
export function previewOf(call, job = "") {
  const {project, ...rest} = call;
  const body = job ? {...rest, job} : rest;
  return {path: `/projects/${project}/willrun/preview`, body};
}

export function curl(call, triggerToken) {
  const start = startOf(call, triggerToken);
  const {path, body} = start ?? previewOf(call);
  return command(start?.by === "trigger token" ? [] : [`PRIVATE-TOKEN: ${ACCESS_TOKEN}`], body, path);
}
