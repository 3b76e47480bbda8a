// Rows of variables: names and values.
import {byId, element} from "./dom.js";

let next = 0;

export class Variables {
  constructor(changed) {
    this.changed = changed;
    this.rows = byId("variables");
    this.adder = byId("add-variable");
    this.adder.addEventListener("click", () => this.add().querySelector("input").focus());
  }

  add() {
    const id = `variable-${next++}`;
    const key = element("input", {id: `${id}-key`, class: "key", spellcheck: false});
    const value = element("input", {id: `${id}-value`, class: "value", spellcheck: false});
    const remove = element("button", {type: "button"}, "Remove");
    remove.setAttribute("aria-label", "Remove the variable");
    const row = element("div", {class: "variable", role: "listitem"},
                        element("div", {class: "field"}, element("label", {for: key.id}, "Name"), key),
                        element("div", {class: "field"}, element("label", {for: value.id}, "Value"), value), remove);
    remove.addEventListener("click", () => {
      (row.nextElementSibling?.querySelector("input") ?? this.adder).focus();
      row.remove();
      this.changed();
    });
    row.addEventListener("input", this.changed);
    this.rows.append(row);
    return row;
  }

  // {NAME: value}; none where no row has a name.
  read() {
    const all = [...this.rows.children].map(row => [row.querySelector(".key").value.trim(), row.querySelector(".value").value])
                                       .filter(([key]) => key);
    return all.length ? Object.fromEntries(all) : undefined;
  }
}
