// Variables: fields for those that the configuration describes, as on GitLab's page for a new pipeline, and rows for others.
import {byId, element, show} from "./dom.js";

let next = 0;

// A text of any number of lines.
const valueField = id => element("textarea", {id, class: "value", rows: 1, spellcheck: false});

// One variable with a description: {key, value, description, options}.
class Described {
  constructor(spec) {
    this.spec = spec;
    const id = `variable-${next++}`;
    this.control = spec.options.length ? element("select", {id}, ...spec.options.map(option => element("option", {}, option))) : valueField(id);
    this.control.setAttribute("aria-describedby", `${id}-description ${id}-default`);
    const hint = element("p", {class: "note", id: `${id}-default`}, `default: ${spec.value}`);
    show(hint, spec.value);
    this.node = element("div", {class: "field"}, element("label", {for: id}, spec.key),
                        element("p", {class: "note", id: `${id}-description`}, spec.description),
                        element("div", {class: "control"}, this.control), hint);
    this.node.dataset.variable = spec.key;
    this.write(spec.value);
  }

  text() { return this.control.value; }

  // A value that is no option stays, for the server to judge.
  write(text) {
    const {options} = this.spec;
    if (options.length && !options.includes(text)) this.control.append(element("option", {value: text}, `${text} (no option)`));
    this.control.value = text;
  }
}

export class Variables {
  constructor(changed) {
    this.changed = changed;
    this.fields = [];
    this.kept = new Map();  // texts by name, of variables that only another ref describes
    this.rows = byId("variables");
    this.adder = byId("add-variable");
    this.adder.addEventListener("click", () => this.add().querySelector(".key").focus());
    byId("described").addEventListener("input", changed);
  }

  // Of another project, or of another address.
  give(texts) {
    this.kept = new Map();
    this.fields = [];
    this.rows.replaceChildren();
    byId("described").replaceChildren();
    for (const [key, value] of Object.entries(texts)) this.add(key, value);
  }

  // What the configuration describes. Values that were typed before stay.
  describe(specs) {
    if (JSON.stringify(specs) === JSON.stringify(this.fields.map(field => field.spec))) return;
    for (const field of this.fields) this.kept.set(field.spec.key, field.text() === field.spec.value ? undefined : field.text());
    const focused = this.fields.find(field => field.control === document.activeElement)?.spec.key;
    this.fields = specs.map(spec => new Described(spec));
    byId("described").replaceChildren(...this.fields.map(field => field.node));
    for (const field of this.fields) {
      const text = this.takeRow(field.spec.key) ?? this.kept.get(field.spec.key);
      if (text !== undefined) field.write(text);
      if (field.spec.key === focused) field.control.focus();
    }
  }

  // A row for a variable that has a field now goes, and its value into the field.
  takeRow(key) {
    const row = [...this.rows.children].find(one => one.querySelector(".key").value.trim() === key && !one.contains(document.activeElement));
    row?.remove();
    return row?.querySelector(".value").value;
  }

  add(name = "", text = "") {
    const id = `variable-${next++}`;
    const key = element("input", {id: `${id}-key`, class: "key", spellcheck: false, value: name});
    const value = valueField(`${id}-value`);
    value.value = text;
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

  // {NAME: value}: rows that have a name, and fields that differ from their values, or all of them.
  texts(all = false) {
    const fields = this.fields.filter(field => all || field.text() !== field.spec.value).map(field => [field.spec.key, field.text()]);
    const rows = [...this.rows.children].map(row => [row.querySelector(".key").value.trim(), row.querySelector(".value").value]);
    return Object.fromEntries([...fields, ...rows.filter(([key]) => key)]);
  }

  // The same; none where there are none.
  read(all) {
    const texts = this.texts(all);
    return Object.keys(texts).length ? texts : undefined;
  }
}
