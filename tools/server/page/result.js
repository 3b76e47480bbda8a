// What the server decided: verdict, messages, graph, what is left out, findings.
import {byId, element, show} from "./dom.js";
import {showGraph} from "./graph.js";

const placeOf = place => place ? `${place.file}:${place.line}:${place.column}` : "";

function announce(text) {
  if (byId("live").textContent !== text) byId("live").textContent = text;
}

function showVerdict(text, status) {
  const verdict = byId("verdict");
  verdict.textContent = text;
  verdict.className = status;
}

const messageOf = (kind, text) => element("li", {class: kind}, text);

function showLeftOut(jobs) {
  const rows = jobs.filter(job => job.left_out)
                   .map(job => element("tr", {}, element("td", {}, job.name), element("td", {}, job.stage), element("td", {}, job.why)));
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

export function showPreview(preview) {
  const {decision} = preview;
  const wrong = preview.inputs.filter(input => input.errors.length).length;
  const atInputs = wrong ? `; ${wrong} ${wrong === 1 ? "input is" : "inputs are"} wrong` : "";
  showVerdict(preview.verdict, decision.status);
  announce(preview.verdict + atInputs);
  byId("workflow").textContent = [decision.name && `name: ${decision.name}`, preview.workflow && `workflow: ${preview.workflow}`]
    .filter(Boolean).join("; ");
  show(byId("workflow"), byId("workflow").textContent);
  byId("messages").replaceChildren(...decision.errors.map(text => messageOf("error", `GitLab: ${text}`)),
                                   ...decision.warnings.map(text => messageOf("warning", text)));
  showGraph(preview.svg);
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
  showLeftOut([]);
  show(byId("findings"), false);
}
