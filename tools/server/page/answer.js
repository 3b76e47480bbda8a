// What a real start was answered.
import {byId, element, show} from "./dom.js";

export function showAnswer(pipeline) {
  const card = byId("answer");
  card.className = "card good";
  card.replaceChildren(
    element("h2", {}, `Pipeline #${pipeline.id} is ${pipeline.status}`),
    element("p", {}, `on ${pipeline.ref}, source ${pipeline.source}, commit ${pipeline.sha.slice(0, 8)}`),
    element("details", {}, element("summary", {}, "The whole answer"), element("pre", {tabIndex: 0}, JSON.stringify(pipeline, null, 2))));
  reveal(card);
}

export function showRefusal(text, title = "Not started") {
  const card = byId("answer");
  card.className = "card bad";
  card.replaceChildren(element("h2", {}, title), element("p", {}, text));
  reveal(card);
}

export const hideAnswer = () => show(byId("answer"), false);

function reveal(card) {
  show(card, true);
  card.focus();
}
