#include <fmt/format.h>

#include <willrun/graph.hpp>

#include "report/decision_words.hpp"
#include "report/graph_svg.hpp"
#include "report/graph_words.hpp"
#include "report/printable.hpp"
#include "report/xml.hpp"

namespace willrun {

namespace {

using report::printable;
using report::xml;

constexpr std::string_view kStyle =
    R"(:root { color-scheme: light dark; --page: #ffffff; --text: #1b2330; --dim: #566073; --line: #d3d9e2;
  --mark: #0b5fd0; --good: #1a7f37; --bad: #b3261e; --warn: #8a5a00; --raised: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { --page: #11161d; --text: #e6eaf1; --dim: #aab4c3; --line: #323c4a; --mark: #6cb0ff; --good: #4cc271;
    --bad: #ff8a80; --warn: #e3b341; --raised: #2b3644; }
}
body { margin: 0; padding: 16px 24px 32px; background: var(--page); color: var(--text);
  font: 14px/1.5 system-ui, "DejaVu Sans", sans-serif; }
h1 { margin: 0 0 4px; font-size: 20px; }
h2 { margin: 24px 0 8px; font-size: 15px; }
h1.created { color: var(--good); }
h1.failed { color: var(--bad); }
h1.skipped { color: var(--warn); }
p { margin: 2px 0; overflow-wrap: anywhere; white-space: pre-wrap; }
p.message { max-height: 12em; margin: 8px 0; padding: 4px 12px; overflow-y: auto; border-left: 4px solid var(--bad); }
p.warning { color: var(--warn); }
figure { margin: 12px -24px 0; overflow-x: auto; }
table { border-collapse: collapse; }
th, td { padding: 5px 16px 5px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
th { color: var(--dim); font-weight: 600; white-space: nowrap; }
td:nth-child(2) { overflow-wrap: normal; }
.graph { display: block; }
.graph .job { outline: none; cursor: default; }
.graph .job:focus-visible rect:not(.bar), .graph .job.here rect:not(.bar) { stroke: var(--mark); stroke-width: 2; }
.graph .job.linked rect:not(.bar) { stroke: var(--mark); }
.graph.marking .job:not(.here):not(.linked), .graph.marking .need:not(.linked), .graph.marking .tip:not(.linked) {
  opacity: 0.35; }
.graph .need.linked { stroke: var(--mark); stroke-width: 2; }
.graph .tip.linked { fill: var(--mark); }
#details { position: fixed; z-index: 1; max-width: min(560px, calc(100vw - 32px)); padding: 8px 12px;
  border: 1px solid var(--line); border-radius: 6px; background: var(--raised); color: var(--text); font-size: 13px;
  box-shadow: 0 4px 16px rgb(0 0 0 / 0.25); white-space: pre-wrap; overflow-wrap: anywhere; pointer-events: none; }
)";

constexpr std::string_view kScript = R"("use strict";
(() => {
  const graph = document.querySelector(".graph");
  const details = document.getElementById("details");
  if (!graph) return;
  const arrows = new Map();
  for (const arrow of graph.querySelectorAll("[data-from]")) {
    for (const end of [arrow.dataset.from, arrow.dataset.to]) {
      if (!arrows.has(end)) arrows.set(end, []);
      arrows.get(end).push(arrow);
    }
  }
  let shown = null;

  function hide() {
    if (!shown) return;
    for (const one of graph.querySelectorAll(".here, .linked")) one.classList.remove("here", "linked");
    graph.classList.remove("marking");
    details.hidden = true;
    shown = null;
  }

  function place(job) {
    details.style.left = "0";
    const box = job.getBoundingClientRect();
    const below = box.bottom + 8;
    const fits = below + details.offsetHeight <= window.innerHeight;
    details.style.left = Math.max(16, Math.min(box.left, window.innerWidth - details.offsetWidth - 16)) + "px";
    details.style.top = Math.max(8, fits ? below : box.top - details.offsetHeight - 8) + "px";
  }

  function show(job) {
    if (job === shown) return;
    hide();
    shown = job;
    job.classList.add("here");
    for (const arrow of arrows.get(job.id.slice(3)) ?? []) {
      arrow.classList.add("linked");
      for (const end of [arrow.dataset.from, arrow.dataset.to]) {
        const other = document.getElementById("job" + end);
        if (other !== job) other.classList.add("linked");
      }
      graph.classList.add("marking");
    }
    const [name, ...rest] = job.getAttribute("aria-label").split("\n");
    details.replaceChildren(document.createElement("strong"), "\n" + rest.join("\n"));
    details.firstChild.textContent = name;
    details.hidden = false;
    place(job);
  }

  const focused = () => graph.contains(document.activeElement) ? document.activeElement.closest(".job") : null;
  const back = () => focused() ? show(focused()) : hide();
  for (const job of graph.querySelectorAll(".job")) {
    const title = job.querySelector("title");
    job.setAttribute("aria-label", title.textContent);
    title.remove();
    job.addEventListener("mouseenter", () => show(job));
    job.addEventListener("mouseleave", back);
    job.addEventListener("focus", () => show(job));
    job.addEventListener("blur", hide);
  }
  document.addEventListener("keydown", event => { if (event.key === "Escape") hide(); });
  window.addEventListener("scroll", () => { if (shown) place(shown); }, { capture: true, passive: true });
})();
)";

std::string paragraph(std::string_view kind, std::string_view text) {
  return fmt::format("<p{}>{}</p>\n", kind.empty() ? std::string() : fmt::format(" class=\"{}\"", kind),
                     xml(printable(text)));
}

std::string verdict(const Graph& graph) {
  std::string out = fmt::format("<h1 class=\"{}\">{}</h1>\n", report::status_name(graph.status), xml(graph.verdict));
  for (const std::string& text : graph.messages) out += paragraph("message", "GitLab: " + text);
  for (const std::string& text : graph.warnings) out += paragraph("warning", "warning: " + text);
  if (!graph.name.empty()) out += paragraph("", "name: " + graph.name);
  if (!graph.workflow.empty()) out += paragraph("", "workflow: " + graph.workflow);
  return out;
}

std::string left_out(const Graph& graph) {
  std::string rows;
  for (const GraphJob& job : graph.jobs) {
    if (job.left_out)
      rows += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td></tr>\n", xml(printable(job.name)),
                          xml(printable(graph.stages[job.stage])), xml(job.why));
  }
  if (rows.empty()) return rows;
  return "<h2>Left out</h2>\n<table>\n<thead><tr><th>Job</th><th>Stage</th><th>Why</th></tr></thead>\n<tbody>\n" +
         rows + "</tbody>\n</table>\n";
}

}  // namespace

std::string to_html(const Graph& graph) {
  std::string figure;
  if (!graph.jobs.empty()) figure = "<figure>\n" + report::graph_element(graph) + "</figure>\n";
  std::string page =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
      "script-src 'unsafe-inline'; img-src data:\">\n"
      "<link rel=\"icon\" href=\"data:,\">\n";
  page += fmt::format("<title>pipeline: {}</title>\n<style>\n{}{}</style>\n</head>\n<body>\n", xml(graph.verdict),
                      report::graph_style(), kStyle);
  page += verdict(graph) + figure + left_out(graph);
  page += fmt::format("<div id=\"details\" role=\"tooltip\" hidden></div>\n<script>\n{}</script>\n</body>\n</html>\n",
                      kScript);
  return page;
}

}  // namespace willrun
