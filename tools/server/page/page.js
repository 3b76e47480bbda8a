// The page: signing in, the form, and the question that follows each change of it.
import {clearAddress, readAddress, takeToken, writeAddress} from "./address.js";
import {Refused, accessToken, get, keepAccessToken, list, post} from "./api.js";
import {hideAnswer, showAnswer, showRefusal} from "./answer.js";
import {TRIGGER_TOKEN, curl, previewOf, startOf} from "./curl.js";
import {byId, copy, debounced, element, show} from "./dom.js";
import {Inputs} from "./inputs.js";
import {showFailure, showPreview} from "./result.js";
import {Tokens} from "./tokens.js";
import {Variables} from "./variables.js";

const MAINTAINER = 40;
const TYPING = 120;  // milliseconds that typing may pause before the server is asked
const AWAY = 3000;   // milliseconds after which a server that could not be reached is asked again

let projects = [];
let asking = null;  // the question under way
let retry = 0;
let explained = "";  // the job that is explained; none: only a refusal is
let maySetVariables = true;
let starting = false;
const askSoon = debounced(TYPING, () => ask());
const changed = () => { hideAnswer(); showCommand(); askSoon(); };
const inputs = new Inputs(changed);
const variables = new Variables(changed);
const tokens = new Tokens(() => showCommand());

const project = () => projects.find(one => String(one.id) === byId("project").value);

// What is asked; keys without a value are not sent. GitLab's page for new pipelines sends all variables that it shows.
function call() {
  const source = byId("source").value;
  const all = {project: project().id, source, ref: byId("ref").value,
               variables: variables.read(source === "web" && maySetVariables), inputs: inputs.read()};
  if (source === "merge_request_event") all.target_branch = byId("target").value;
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function keepInAddress() {
  const source = byId("source").value;
  writeAddress({project: project().path_with_namespace, ref: byId("ref").value, source: source === "trigger" ? "" : source,
                target: source === "merge_request_event" ? byId("target").value : "", job: explained,
                inputs: inputs.texts(), variables: variables.texts()});
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

const isSignedIn = () => !byId("work").hidden;

// Whatever fails while the page works: an access token that is none any more signs out; `again` is tried where there is no server.
function failed(error, again) {
  if (error.name === "AbortError") return;
  if (error instanceof Refused && error.status === 401) return signOut("This access token is not known here.");
  if (error instanceof Refused) return showFailure(error.message);
  showFailure("The server cannot be reached. It is asked again every few seconds.");
  retry = setTimeout(() => isSignedIn() && again(), AWAY);
}

// The answer may bring fields, and values for them that were typed before: then it is asked once more.
async function ask(again = true) {
  asking?.abort();
  clearTimeout(retry);
  const mine = asking = new AbortController();
  const asked = call();
  const {path, body} = previewOf(asked, explained);
  keepInAddress();
  try {
    const preview = await post(path, body, {signal: mine.signal});
    if (asking !== mine) return;
    inputs.update(preview.inputs, preview.variables !== null);
    if (preview.variables) variables.describe(preview.variables);
    showPreview(preview, explained);
    showCommand();
  } catch (error) {
    return failed(error, ask);
  }
  if (again && JSON.stringify(call()) !== JSON.stringify(asked)) await ask(false);
}

// The same job again closes its explanation.
function explain(job) {
  explained = explained === job ? "" : job;
  ask();
}

async function chooseRef() {
  const {id} = project();
  const ref = byId("ref").value;
  let form = {inputs: [], variables: null};
  try {
    form = await get(`/projects/${id}/willrun/form?ref=${encodeURIComponent(ref)}`);
  } catch (error) {
    if (error.status === 401) return failed(error, chooseRef);  // else the question says what is wrong
  }
  if (project().id !== id || byId("ref").value !== ref) return;  // another one was chosen meanwhile
  byId("ref").title = ref;
  maySetVariables = form.may_set_variables ?? true;
  show(byId("no-variables"), !maySetVariables);
  inputs.make(form.inputs);
  variables.describe(form.variables ?? []);
  showCommand();
  await ask();
}

function group(label, names, chosen) {
  return names.length ? [element("optgroup", {label}, ...names.map(name => element("option", {value: name, selected: name === chosen}, name)))] : [];
}

// Chooses in a list. What is not in it is put there: the server says what is wrong with it.
function choose(list, value) {
  if (value === undefined) return;
  if (![...list.options].some(option => option.value === value)) list.append(element("option", {value}, value));
  list.value = value;
}

// `asked`: what the address says.
async function chooseProject(asked = {}) {
  const {id, default_branch: main, permissions} = project();
  explained = asked.job ?? "";
  inputs.give(asked.inputs ?? {});
  variables.give(asked.variables ?? {});
  try {
    const [branches, tags] = await Promise.all(["branches", "tags"].map(kind => list(`/projects/${id}/repository/${kind}`)));
    if (project().id !== id) return;
    const names = refs => refs.map(ref => ref.name);
    byId("ref").replaceChildren(...group("Branches", names(branches), main), ...group("Tags", names(tags)));
    byId("target").replaceChildren(...group("Branches", names(branches), main));
    choose(byId("ref"), asked.ref);
    choose(byId("target"), asked.target);
    await tokens.load(id, (permissions.project_access?.access_level ?? 0) >= MAINTAINER);
  } catch (error) {
    return failed(error, () => chooseProject(asked));
  }
  await chooseRef();
}

// A project that the user does not see is not asked about; the choice says which one is.
async function followAddress() {
  hideAnswer();
  const asked = readAddress();
  const wanted = projects.find(one => one.path_with_namespace === asked.project);
  const other = asked.project !== undefined && !wanted;
  byId("project").value = (wanted ?? projects[0]).id;
  byId("source").value = asked.source ?? "trigger";
  if (byId("source").selectedIndex < 0) byId("source").value = "trigger";
  await chooseProject(other ? {} : asked);
  if (other) showRefusal(`You see no project ${asked.project}.`, "Another project");
}

// One at a time: a second press is no second pipeline.
async function start() {
  if (starting) return;
  starting = true;
  const begun = startOf(call(), tokens.chosen());
  try {
    showAnswer(await post(begun.path, begun.body, {token: begun.by === "access token"}));
  } catch (error) {
    showRefusal(error instanceof Refused ? error.message : "The server cannot be reached.");
  } finally {
    starting = false;
  }
}

// With a reason the address stays, for the next access token.
function signOut(reason = "", keep = false) {
  if (!keep) keepAccessToken("");
  if (!reason) clearAddress();
  asking?.abort();
  clearTimeout(retry);
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
    if (error.status === 401) return signOut("This access token is not known here.");
    if (error instanceof Refused && error.status < 500) return signOut(error.message);
    return signOut("The server cannot be reached.", true);
  }
  if (!projects.length) return signOut("The user of this access token sees no project.");
  show(byId("welcome"), false);
  for (const id of ["work", "account"]) show(byId(id), true);
  byId("project").replaceChildren(...projects.map(one => element("option", {value: one.id}, one.path_with_namespace)));
  byId("project").focus();
  await followAddress();
}

function begin() {
  const token = takeToken();
  if (token) keepAccessToken(token);
  if (accessToken()) return signIn();
  show(byId("welcome"), true);
  byId("access-token").focus();
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
byId("reset").addEventListener("click", () => {
  hideAnswer();
  inputs.give({});
  variables.give({});
  chooseRef();
});
byId("to-result").addEventListener("click", () => { byId("verdict").scrollIntoView(); byId("verdict").focus(); });
byId("result").addEventListener("explain", event => explain(event.detail));
window.addEventListener("hashchange", begin);
window.addEventListener("focus", () => isSignedIn() && ask());  // what was committed meanwhile

begin();
