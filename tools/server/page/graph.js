// The picture of the pipeline, as the server draws it. It is parsed as XML, and its style becomes a style sheet of the page.
import {byId, show} from "./dom.js";

let shown = null;
let styled = false;

// Jobs that a job needs or that need it stand out while it has the focus or the pointer.
function mark(svg, job) {
  for (const one of svg.querySelectorAll(".here, .linked")) one.classList.remove("here", "linked");
  svg.classList.toggle("marking", Boolean(job));
  const details = byId("details");
  details.textContent = job ? job.querySelector("title").textContent : "";
  show(details, job);
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
  svg.setAttribute("viewBox", `0 ${below} ${width} ${height - below}`);
  svg.setAttribute("height", height - below);
}

// The policy of the page admits no style elements, not even in a parsed text. Names are escaped, so the first one is ours.
function prepared(text) {
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
    for (const event of ["focus", "mouseenter"]) job.addEventListener(event, () => mark(svg, job));
    for (const event of ["blur", "mouseleave"]) job.addEventListener(event, () => mark(svg, svg.querySelector(".job:focus")));
  }
  return svg;
}

// null: there is nothing to draw.
export function showGraph(text) {
  if (text === shown) return;
  shown = text;
  show(byId("details"), false);
  byId("graph").replaceChildren(...(text ? [prepared(text)] : []));
}
