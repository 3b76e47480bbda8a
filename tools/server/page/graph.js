// The picture of the pipeline, as the server draws it. It is parsed as XML, and its style becomes a style sheet of the page.
import {byId, show} from "./dom.js";

const HINT = "A job that is pressed says why it is in or left out.";
const BEFORE = "So it was before an input became wrong.";
const MARGIN = 20;  // above the stages, which the page has already

let shown = null;
let commit = "";  // that the shown picture belongs to
let styled = false;

// Jobs that a job needs or that need it stand out while it has the focus or the pointer.
function mark(svg, job) {
  for (const one of svg.querySelectorAll(".here, .linked")) one.classList.remove("here", "linked");
  svg.classList.toggle("marking", Boolean(job));
  const details = byId("details");
  details.textContent = job ? job.querySelector("title").textContent.replaceAll("\n", " \u00b7 ") : HINT;
  if (!job) return;
  job.classList.add("here");
  const number = job.id.slice(3);
  for (const arrow of svg.querySelectorAll("[data-from]")) {
    const ends = [arrow.dataset.from, arrow.dataset.to];
    if (!ends.includes(number)) continue;
    arrow.classList.add("linked");
    for (const end of ends) if (end !== number) svg.getElementById(`job${end}`).classList.add("linked");
  }
}

// The page has the verdict as a heading already.
function dropHeading(svg) {
  const heading = svg.querySelector(".heading");
  const below = Number(/translate\(0 (\d+)\)/.exec(heading?.nextElementSibling?.getAttribute("transform") ?? "")?.[1] ?? 0);
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  heading?.remove();
  svg.querySelector("title")?.remove();
  const top = below + MARGIN;
  svg.setAttribute("viewBox", `0 ${top} ${width} ${height - top}`);
  svg.setAttribute("height", height - top);
}

// The policy of the page admits no style elements, not even in a parsed text. Names are escaped, so the first one is ours.
function prepared(text, press) {
  const [before, style, after] = text.split(/<style>([^]*?)<\/style>([^]*)/);
  if (!styled) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    document.adoptedStyleSheets = [sheet];
    styled = true;
  }
  const svg = document.importNode(new DOMParser().parseFromString(before + after, "image/svg+xml").documentElement, true);
  dropHeading(svg);
  for (const job of svg.querySelectorAll(".job")) {
    const pressed = () => press(Number(job.id.slice(3)));
    job.setAttribute("role", "button");
    job.addEventListener("click", pressed);
    job.addEventListener("keydown", event => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      pressed();
    });
    for (const event of ["focus", "mouseenter"]) job.addEventListener(event, () => mark(svg, job));
    for (const event of ["blur", "mouseleave"]) job.addEventListener(event, () => mark(svg, svg.querySelector(".job:focus")));
  }
  return svg;
}

function setStale(stale) {
  const place = byId("graph");
  if (place.inert === stale) return;
  place.inert = stale;
  place.classList.toggle("stale", stale);
  byId("details").textContent = stale ? BEFORE : HINT;
}

// null: there is nothing to draw. `press` is given the number of a job that is pressed.
export function showGraph(text, sha = "", press = null) {
  commit = sha;
  setStale(false);
  if (text === shown) return;
  shown = text;
  const focused = document.activeElement?.closest(".job")?.id;
  byId("details").textContent = HINT;
  show(byId("details"), text);
  byId("graph").replaceChildren(...(text ? [prepared(text, press)] : []));
  if (focused) byId(focused)?.focus();
}

// While a value is typed it is wrong now and then: the last picture of the same commit stays, but faint.
export function dimGraph(sha) {
  if (shown && sha === commit) setStale(true);
  else showGraph(null);
}
