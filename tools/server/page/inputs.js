// The form made from spec:inputs. A value that is as its default is not sent: the server knows it.
import {byId, element, show} from "./dom.js";

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// A value as its user would write it. Objects of one key like {"$int": "1"} stand for what JSON cannot hold.
export function written(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  const special = typeof value === "object" && (value.$int ?? value.$bigdecimal ?? value.$float);
  return special ? special : JSON.stringify(value);
}

// RE2 as far as a browser can: patterns that the two read otherwise are left to the server.
function regexError(pattern, text) {
  if (!pattern || /\(\?(?!:)|\\[AzZpPQECaxQ]|\[\[:/.test(pattern)) return "";
  try {
    return new RegExp(pattern, "u").test(text) ? "" : `does not match ${pattern}`;
  } catch {
    return "";
  }
}

class Field {
  constructor(spec, number, changed) {
    this.spec = spec;
    this.id = `input-${number}`;
    this.touched = false;
    this.description = element("p", {class: "note", id: `${this.id}-description`}, spec.description);
    this.hint = element("p", {class: "note", id: `${this.id}-hint`});
    this.errors = element("div", {class: "errors", id: `${this.id}-errors`});
    this.label = element("label", {for: this.id}, spec.name, " ", element("span", {class: "type"}, spec.type));
    if (spec.required) this.label.append(" ", element("span", {class: "required"}, "required"));
    this.place = element("div", {class: "control"});
    this.node = element("div", {class: "field"}, this.label, this.description, this.place, this.hint, this.errors);
    this.node.dataset.input = spec.name;
    show(this.description, spec.description);
    this.node.addEventListener("input", () => {
      this.touched = true;
      this.showOwn();
      changed();
    });
    this.make();
  }

  make() {
    const {spec} = this;
    const control = this.control = this.makeControl();
    control.id = this.id;
    control.setAttribute("aria-describedby", `${this.id}-description ${this.id}-hint ${this.id}-errors`);
    if (spec.required) control.setAttribute("aria-required", "true");
    this.place.replaceChildren(control);
    const hints = [];
    if (spec.default !== null) hints.push(`default: ${written(spec.default) || "an empty text"}`);
    if (spec.regex) hints.push(`must match ${spec.regex}`);
    if (spec.type === "array") hints.push("one item a line, or a JSON list");
    if (spec.rules.length) hints.push("what is allowed depends on other inputs");
    this.hint.textContent = hints.join("; ");
    show(this.hint, hints.length);
  }

  // How the control holds the value: `choices` of a list, a check box, or a text.
  makeControl() {
    const {spec} = this;
    this.choices = spec.options.length ? spec.options : spec.type === "boolean" && typeof spec.default !== "boolean" ? [true, false] : null;
    if (this.choices) {
      const select = element("select");
      if (!this.choices.some(choice => same(choice, spec.default))) select.append(element("option", {value: ""}, "choose ..."));
      this.choices.forEach((choice, i) => select.append(element("option", {value: String(i)}, written(choice) || "(empty)")));
      select.value = String(Math.max(-1, this.choices.findIndex(choice => same(choice, spec.default))));
      if (select.selectedIndex < 0) select.value = "";
      return select;
    }
    if (spec.type === "boolean") return element("input", {type: "checkbox", checked: spec.default});
    const lines = spec.type === "array" ? 3 : written(spec.default).split("\n").length;
    const text = lines > 1 ? element("textarea", {rows: lines}) : element("input", {type: "text"});
    if (spec.type === "number") text.inputMode = "decimal";
    text.value = written(spec.default);
    text.spellcheck = false;
    return text;
  }

  // undefined: not given.
  value() {
    const {spec, control} = this;
    if (!this.touched) return undefined;
    let value;
    if (control.type === "checkbox") value = control.checked;
    else if (this.choices) value = control.value === "" ? undefined : this.choices[control.value] ?? this.kept;
    else value = this.typed(control.value);
    return same(value, spec.default) ? undefined : value;
  }

  // As its user typed it, and so it can be typed again.
  text() {
    const {control} = this;
    if (control.type === "checkbox") return String(control.checked);
    return this.choices ? written(this.choices[control.value] ?? this.kept) : control.value;
  }

  write(text) {
    this.touched = true;
    if (this.choices) this.choose(this.choices.find(choice => written(choice) === text) ?? this.typed(text));
    else if (this.control.type === "checkbox") this.control.checked = text === "true";
    else this.control.value = text;
    this.showOwn();
  }

  typed(text) {
    const {spec} = this;
    if (text === "" && (spec.default === null || spec.type !== "string")) return undefined;
    if (spec.type === "number") return /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text) ? Number(text) : text;
    if (spec.type !== "array") return text;
    if (!text.trim().startsWith("[")) return text.split("\n").map(line => line.trim()).filter(line => line);
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }

  // What the browser knows before the server answers.
  showOwn() {
    const value = this.value();
    const error = typeof value === "string" && this.spec.type === "string" ? regexError(this.spec.regex, value) : "";
    this.show(error ? [{message: error}] : []);
  }

  show(errors) {
    const missing = this.spec.required && this.value() === undefined;
    this.errors.replaceChildren(...errors.map(error => {
      // What the server says of a missing value is for the author of the configuration.
      const line = element("p", {class: "error"}, missing ? "a value is needed" : error.message);
      if (error.help && !missing) line.append(`; ${error.help}`);
      if (error.gitlab) line.append(element("span", {class: "gitlab"}, `GitLab: ${error.gitlab}`));
      return line;
    }));
    if (errors.length) this.control.setAttribute("aria-invalid", "true");
    else this.control.removeAttribute("aria-invalid");
  }

  // Rules may allow other options and have another default now. A value that was chosen stays, allowed or not.
  update(spec) {
    this.show(spec.errors);
    if (same([spec.options, spec.default], [this.spec.options, this.spec.default])) return;
    const chosen = this.value();
    const focused = document.activeElement === this.control;
    const text = this.control.value;
    const wasText = !this.choices;
    this.spec = spec;
    this.make();
    if (chosen !== undefined && this.choices) this.choose(chosen);
    else if (this.touched && wasText && !this.choices) this.control.value = text;
    else this.touched = false;
    this.show(spec.errors);
    if (focused) this.control.focus();
  }

  choose(value) {
    const index = this.choices.findIndex(choice => same(choice, value));
    if (index < 0) {
      this.kept = value;
      this.control.append(element("option", {value: "kept"}, `${written(value)} (not allowed)`));
    }
    this.control.value = index < 0 ? "kept" : String(index);
  }
}

export class Inputs {
  constructor(changed) {
    this.changed = changed;
    this.fields = [];
    this.kept = new Map();  // texts by name, also of inputs that another ref has
  }

  // Of another project, or of another address.
  give(texts) {
    this.fields = [];
    this.kept = new Map(Object.entries(texts));
  }

  // Values that were typed before stay in inputs of the same name.
  make(specs) {
    this.keep();
    this.fields = specs.map((spec, i) => new Field(spec, i, this.changed));
    byId("inputs").replaceChildren(...this.fields.map(field => field.node));
    for (const field of this.fields) if (this.kept.has(field.spec.name)) field.write(this.kept.get(field.spec.name));
  }

  keep() {
    for (const field of this.fields) {
      if (field.value() === undefined) this.kept.delete(field.spec.name);
      else this.kept.set(field.spec.name, field.text());
    }
  }

  // {name: text} of what differs from the defaults.
  texts() {
    return Object.fromEntries(this.fields.filter(field => field.value() !== undefined).map(field => [field.spec.name, field.text()]));
  }

  // {name: value} of what differs from the defaults; none where nothing does.
  read() {
    const all = this.fields.map(field => [field.spec.name, field.value()]).filter(([, value]) => value !== undefined);
    return all.length ? Object.fromEntries(all) : undefined;
  }

  // What the server says of each. A configuration with other inputs makes the form anew; one that is not `read` leaves it.
  update(specs, read) {
    const note = byId("no-inputs");
    note.textContent = read ? "The configuration on this ref declares no inputs." : "No inputs are known while the configuration is wrong.";
    show(note, !specs.length && (read || !this.fields.length));
    if (!specs.length && !read) return;
    if (same(specs.map(spec => spec.name), this.fields.map(field => field.spec.name))) {
      specs.forEach((spec, i) => this.fields[i].update(spec));
    } else {
      this.make(specs);
    }
  }
}
