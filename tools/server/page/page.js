// The page: signing in, the form, and the question that follows each change of it.
import {Refused, accessToken, get, keepAccessToken, list, post, takeTokenOfAddress} from "./api.js";
import {hideAnswer, showAnswer, showRefusal} from "./answer.js";
import {TRIGGER_TOKEN, curl, previewOf, startOf} from "./curl.js";
import {byId, copy, debounced, element, show} from "./dom.js";
import {Inputs} from "./inputs.js";
import {showFailure, showPreview} from "./result.js";
import {Tokens} from "./tokens.js";
import {Variables} from "./variables.js";

const MAINTAINER = 40;
const TYPING = 120;  // milliseconds that typing may pause before the server is asked

let projects = [];
let asking = null;  // the question under way
const askSoon = debounced(TYPING, () => ask());
const changed = () => { hideAnswer(); showCommand(); askSoon(); };
const inputs = new Inputs(changed);
const variables = new Variables(changed);
const tokens = new Tokens(() => showCommand());

const project = () => projects.find(one => String(one.id) === byId("project").value);

// What is asked; keys without a value are not sent.
function call() {
  const source = byId("source").value;
  const all = {project: project().id, source, ref: byId("ref").value, variables: variables.read(), inputs: inputs.read()};
  if (source === "merge_request_event") all.target_branch = byId("target").value;
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function showCommand() {
  if (!project()) return;
  const asked = call();
  const token = byId("with-token").checked && tokens.chosen() || TRIGGER_TOKEN;
  const starts = startOf(asked, token);
  byId("command").textContent = curl(asked, token);
  byId("command-note").textContent = starts ? "" : "No request starts a pipeline of this source; this one asks what it would be.";
  show(byId("with-token-field"), asked.source === "trigger");
  show(byId("token-choice"), asked.source === "trigger");
  show(byId("not-started"), !starts);
  show(byId("start"), starts);
  show(byId("target-field"), asked.source === "merge_request_event");
}

// Whatever fails while the page works: an access token that is none any more signs out.
function failed(error) {
  if (error.name === "AbortError") return;
  if (error instanceof Refused && error.status === 401) signOut("This access token is not known here.");
  else showFailure(error instanceof Refused ? error.message : "The server cannot be reached.");
}

async function ask() {
  asking?.abort();
  const mine = asking = new AbortController();
  const {path, body} = previewOf(call());
  try {
    const preview = await post(path, body, {signal: mine.signal});
    if (asking !== mine) return;
    inputs.update(preview.inputs);
    showPreview(preview);
    showCommand();
  } catch (error) {
    failed(error);
  }
}

async function chooseRef() {
  const {id} = project();
  const ref = byId("ref").value;
  let specs = [];
  try {
    specs = (await get(`/projects/${id}/willrun/form?ref=${encodeURIComponent(ref)}`)).inputs;
  } catch (error) {
    if (error.status === 401) return failed(error);  // else the question says what is wrong
  }
  if (project().id !== id || byId("ref").value !== ref) return;  // another one was chosen meanwhile
  inputs.make(specs);
  showCommand();
  await ask();
}

function group(label, names, chosen) {
  return names.length ? [element("optgroup", {label}, ...names.map(name => element("option", {value: name, selected: name === chosen}, name)))] : [];
}

async function chooseProject() {
  const {id, default_branch: main, permissions} = project();
  try {
    const [branches, tags] = await Promise.all(["branches", "tags"].map(kind => list(`/projects/${id}/repository/${kind}`)));
    if (project().id !== id) return;
    const names = refs => refs.map(ref => ref.name);
    byId("ref").replaceChildren(...group("Branches", names(branches), main), ...group("Tags", names(tags)));
    byId("target").replaceChildren(...group("Branches", names(branches), main));
    await tokens.load(id, (permissions.project_access?.access_level ?? 0) >= MAINTAINER);
  } catch (error) {
    return failed(error);
  }
  await chooseRef();
}

async function start() {
  const begun = startOf(call(), tokens.chosen());
  try {
    showAnswer(await post(begun.path, begun.body, {token: begun.by === "access token"}));
  } catch (error) {
    showRefusal(error instanceof Refused ? error.message : "The server cannot be reached.");
  }
}

function signOut(reason = "") {
  keepAccessToken("");
  asking?.abort();
  for (const id of ["work", "account"]) show(byId(id), false);
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  show(byId("welcome"), true);
  byId("sign-in-error").textContent = reason;
  byId("access-token").value = "";
  byId("access-token").focus();
}

async function signIn() {
  try {
    projects = await list("/projects");
  } catch (error) {
    return signOut(error.status === 401 ? "This access token is not known here." : "The server cannot be reached.");
  }
  if (!projects.length) return signOut("The user of this access token sees no project.");
  show(byId("welcome"), false);
  for (const id of ["work", "account"]) show(byId(id), true);
  byId("project").replaceChildren(...projects.map(one => element("option", {value: one.id}, one.path_with_namespace)));
  byId("project").focus();
  await chooseProject();
}

byId("sign-in").addEventListener("submit", event => {
  event.preventDefault();
  keepAccessToken(byId("access-token").value.trim());
  signIn();
});
byId("sign-out").addEventListener("click", () => signOut());
byId("project").addEventListener("change", () => { hideAnswer(); chooseProject(); });
byId("ref").addEventListener("change", () => { hideAnswer(); chooseRef(); });
for (const id of ["source", "target"]) byId(id).addEventListener("change", changed);
byId("with-token").addEventListener("change", showCommand);
byId("copy-command").addEventListener("click", event => copy(byId("command").textContent, event.currentTarget));
byId("form").addEventListener("submit", event => event.preventDefault());  // Enter while typing starts nothing
byId("start").addEventListener("click", start);

takeTokenOfAddress();
if (accessToken()) signIn();
else signOut();
