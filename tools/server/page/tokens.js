// Trigger tokens: choosing one, and the dialog that lists, makes and revokes them.
import {Refused, list, post, remove} from "./api.js";
import {byId, copy, element, show} from "./dom.js";

const PASTED = "pasted";
const SHORT = 4;  // characters that others than the owner see
const SHOWN = 10;
const day = time => time ? time.slice(0, 10) : "never";

export class Tokens {
  constructor(changed) {
    this.changed = changed;
    this.choice = byId("token");
    this.choice.addEventListener("change", () => { this.showChoice(); changed(); });
    byId("pasted").addEventListener("input", changed);
    byId("open-tokens").addEventListener("click", () => this.open());
    byId("close-tokens").addEventListener("click", () => byId("tokens").close());
    byId("tokens").addEventListener("close", () => { show(byId("made"), false); byId("made").replaceChildren(); });
    byId("make-token").addEventListener("submit", event => { event.preventDefault(); this.make(); });
    byId("keep").addEventListener("click", () => byId("revoke").close());
    byId("revoke-now").addEventListener("click", () => this.revoke());
  }

  // Of another project. Who may not list its tokens pastes one.
  async load(project, may) {
    this.project = project;
    this.tokens = [];
    this.reading = null;
    show(byId("open-tokens"), may);
    if (may) await this.refresh();
    else this.showAll();
  }

  // Only the newest reading counts. One follows each change, so that none counts which began before it.
  async refresh() {
    const reading = this.reading = {};
    const tokens = await list(`/projects/${this.project}/triggers`);
    if (this.reading !== reading) return;
    const newestFirst = (a, b) => b.id - a.id;
    this.tokens = tokens.sort(newestFirst);
    this.showAll();
  }

  showAll(chosen = this.choice.value) {
    const own = this.tokens.filter(token => token.token.length > SHORT);
    this.choice.replaceChildren(...own.map(token => element("option", {value: token.token}, token.description || `token ${token.id}`)),
                                element("option", {value: PASTED}, "another one ..."));
    if (own.some(token => token.token === chosen)) this.choice.value = chosen;
    this.showChoice();
    byId("token-table").querySelector("tbody").replaceChildren(...this.tokens.map(token => this.row(token)));
    this.changed();
  }

  showChoice() { show(byId("pasted-field"), this.choice.value === PASTED); }

  // The token to start with; empty: none was given yet.
  chosen() { return this.choice.value === PASTED ? byId("pasted").value.trim() : this.choice.value; }

  row(token) {
    const whole = token.token.length > SHORT;
    const revoke = element("button", {type: "button", class: "danger"}, "Revoke");
    revoke.setAttribute("aria-label", `Revoke ${token.description}`);
    revoke.addEventListener("click", () => this.ask(token));
    const buttons = element("td", {class: "buttons"});
    if (whole) buttons.append(this.copier(token, token.description));
    buttons.append(revoke);
    // Narrow windows have no headings over the cells: labels stand inside.
    const cell = (label, content) => element("td", {"data-label": label}, content);
    return element("tr", {}, element("td", {}, token.description), cell("Token", element("code", {}, `${token.token.slice(0, SHOWN)}...`)),
                   cell("Owner", token.owner?.username ?? ""), cell("Last used", day(token.last_used)),
                   cell("Expires", day(token.expires_at)), buttons);
  }

  copier(token, name) {
    const button = element("button", {type: "button", class: "copy"}, "Copy");
    button.setAttribute("aria-label", `Copy the token ${name}`);
    button.addEventListener("click", () => copy(token.token, button));
    return button;
  }

  open() {
    byId("tokens-error").textContent = "";
    byId("tokens").showModal();
    byId("description").focus();
    this.trying(() => this.refresh());
  }

  async make() {
    const body = {description: byId("description").value};
    if (byId("expires").value) body.expires_at = byId("expires").value;
    await this.trying(async () => {
      const token = await post(`/projects/${this.project}/triggers`, body);
      this.tokens.unshift(token);
      byId("make-token").reset();
      byId("made").replaceChildren(element("p", {}, "The new token ", element("code", {}, token.token)), this.copier(token, token.description));
      show(byId("made"), true);
      byId("with-token").checked = true;
      this.showAll(token.token);
      byId("made").querySelector("button").focus();
      await this.refresh();
    });
  }

  ask(token) {
    this.asked = token;
    byId("revoke-text").textContent = `Whatever starts pipelines with "${token.description}" is refused from then on. This cannot be undone.`;
    byId("revoke").showModal();
    byId("keep").focus();
  }

  async revoke() {
    byId("revoke").close();
    await this.trying(async () => {
      await remove(`/projects/${this.project}/triggers/${this.asked.id}`);
      this.tokens = this.tokens.filter(token => token.id !== this.asked.id);
      show(byId("made"), false);
      this.showAll();
      byId("description").focus();
      await this.refresh();
    });
  }

  async trying(work) {
    byId("tokens-error").textContent = "";
    try {
      await work();
    } catch (error) {
      byId("tokens-error").textContent = error instanceof Refused ? error.message : "The server cannot be reached.";
    }
  }
}
