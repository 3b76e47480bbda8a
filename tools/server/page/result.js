// What the server decided: verdict, messages, graph, what is left out, findings.
import {byId, element, show} from "./dom.js";
import {dimGraph, showGraph} from "./graph.js";

const placeOf = place => place ? `${place.file}:${place.line}:${place.column}` : "";

function announce(text) {
  if (byId("live").textContent !== text) byId("live").textContent = text;
}

// `beside`: what stands at the inputs, for windows that show either them or the verdict.
function showVerdict(text, status, beside = "") {
  announce(text + beside);
  const verdict = byId("verdict");
  const jump = byId("to-result");
  verdict.textContent = text;
  jump.textContent = text + beside;
  verdict.className = jump.className = status;
}

let pressed = "";  // the job whose explanation is to be brought into view
function press(job) {
  pressed = job;
  byId("result").dispatchEvent(new CustomEvent("explain", {detail: job}));
}

const messageOf = (kind, text) => element("li", {class: kind}, text);

function nameOf(job) {
  const name = element("button", {type: "button", class: "link"}, job.name);
  name.addEventListener("click", () => press(job.name));
  return name;
}

function showLeftOut(jobs) {
  const rows = jobs.filter(job => job.left_out)
                   .map(job => element("tr", {}, element("td", {}, nameOf(job)), element("td", {}, job.stage), element("td", {}, job.why)));
  byId("left-out").querySelector("tbody").replaceChildren(...rows);
  show(byId("left-out"), rows.length);
}

// Errors of inputs stand at their fields.
function showFindings(preview) {
  const atFields = new Set(preview.inputs.flatMap(input => input.errors.map(error => error.message)));
  const rows = preview.decision.findings.filter(finding => !atFields.has(finding.message)).map(finding =>
    element("li", {class: finding.severity}, element("strong", {}, `${finding.severity}[${finding.code}] `), finding.message,
            finding.help ? `; ${finding.help}` : "", element("span", {class: "place"}, placeOf(finding.place))));
  byId("findings").querySelector("ul").replaceChildren(...rows);
  show(byId("findings"), rows.length);
}

// Why a job is in or left out, or why there is no pipeline.
let shownJob = "";
function showWhy(text, job) {
  const about = byId("why");
  const ofJob = job && text && !text.startsWith("no pipeline");
  shownJob = ofJob ? job : "";
  byId("why-title").textContent = ofJob ? `Why: ${job}` : "Why there is no pipeline";
  byId("why-text").textContent = text ?? "";
  show(about, text);
  show(byId("close-why"), ofJob);
  if (ofJob && pressed === job) {
    about.scrollIntoView({block: "nearest"});
    announce(text.split("\n", 1)[0]);
  }
  pressed = "";
}
byId("close-why").addEventListener("click", () => { press(shownJob); byId("verdict").focus(); });

export function showPreview(preview, explained) {
  const {decision} = preview;
  const wrong = preview.inputs.filter(input => input.errors.length).length;
  showVerdict(preview.verdict, decision.status, wrong ? `; ${wrong} ${wrong === 1 ? "input is" : "inputs are"} wrong` : "");
  byId("workflow").textContent = [decision.name && `name: ${decision.name}`, preview.workflow && `workflow: ${preview.workflow}`]
    .filter(Boolean).join("; ");
  show(byId("workflow"), byId("workflow").textContent);
  const isNew = text => !decision.findings.some(finding => finding.message.startsWith(text));  // a finding has its place, too
  byId("messages").replaceChildren(...decision.errors.filter(isNew).map(text => messageOf("error", `GitLab: ${text}`)),
                                   ...decision.warnings.filter(isNew).map(text => messageOf("warning", text)));
  if (wrong && !preview.svg) dimGraph(preview.sha);
  else showGraph(preview.svg, preview.sha, number => press(preview.jobs[number].name));
  showWhy(preview.explanation, explained);
  showLeftOut(preview.jobs);
  showFindings(preview);
}

// The question itself failed.
export function showFailure(text) {
  showVerdict("no answer", "failed");
  announce(text);
  show(byId("workflow"), false);
  byId("messages").replaceChildren(messageOf("error", text));
  showGraph(null);
  showWhy(null, "");
  showLeftOut([]);
  show(byId("findings"), false);
}
