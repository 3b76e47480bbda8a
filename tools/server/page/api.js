// Requests to the server that the page came from. The access token is kept for this tab only.

const KEY = "willrun-access-token";

export class Refused extends Error {
  constructor(status, body) {
    super(textOf(status, body));
    this.status = status;
    this.body = body;
  }
}

// GitLab's bodies of errors: {error}, {message}, {message: {base: [...]}}.
function textOf(status, body) {
  const message = body?.message ?? body?.error;
  if (typeof message === "string") return message;
  if (Array.isArray(message?.base)) return message.base.join("; ");
  return message ? JSON.stringify(message) : `the server answered ${status}`;
}

export const address = path => new URL(`api/v4${path}`, document.baseURI).href;

export const accessToken = () => sessionStorage.getItem(KEY) ?? "";
export function keepAccessToken(token) {
  if (token) sessionStorage.setItem(KEY, token);
  else sessionStorage.removeItem(KEY);
}

async function send(method, path, {body, signal, token = true} = {}) {
  const headers = {};
  if (token) headers["PRIVATE-TOKEN"] = accessToken();
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(address(path), {method, headers, signal, body: body && JSON.stringify(body), credentials: "omit", cache: "no-store"});
  const json = await answer.json().catch(() => null);
  if (!answer.ok) throw new Refused(answer.status, json);
  return {json, next: answer.headers.get("X-Next-Page")};
}

export const get = async (path, options) => (await send("GET", path, options)).json;
export const post = async (path, body, options) => (await send("POST", path, {...options, body})).json;
export const remove = path => send("DELETE", path);

// All pages of a list, up to 20 of them.
export async function list(path) {
  const items = [];
  let page = "1";
  for (let i = 0; i < 20 && page; ++i) {
    const {json, next} = await send("GET", `${path}?per_page=100&page=${page}`);
    items.push(...json);
    page = next;
  }
  return items;
}
