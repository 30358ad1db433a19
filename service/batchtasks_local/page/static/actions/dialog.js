// Questions before something is changed, the progress of what takes long, and what was refused.

import { byId, el, fill, say } from "../lib/dom.js";

/** The one dialog of the page. It asks, does the work when the reader agrees, and says what came of it. */
export class Dialog {
  #stop = new AbortController();

  constructor() {
    this.element = byId("dialog");
    this.yes = byId("dialog-yes");
    this.no = byId("dialog-no");
    this.text = byId("dialog-text");
    this.bar = byId("dialog-bar");
    this.no.addEventListener("click", () => this.element.close());
    this.element.addEventListener("close", () => this.#stop.abort());
  }

  /** Ask, and settle once the dialog is closed; true if the reader agreed.
   *
   * `verb` is on the button. `prepare(report, signal)` works out the text before the reader may agree; `choices` are
   * `[value, text]` of which one is chosen. `work(report, signal, choice)` gives null when all is well, or else a text
   * that stays to be read. `report(text, share)` shows how far it is.
   */
  async ask({ title, text = "", verb, danger = true, choices = [], prepare, work = () => null }) {
    this.#stop.abort();
    const stop = (this.#stop = new AbortController());
    const closed = new Promise((resolve) => this.element.addEventListener("close", resolve, { once: true }));
    const report = (shown, share = null) => this.#report(shown, share);
    say(byId("dialog-title"), title);
    fill(byId("dialog-choices"), choices.map(([value, label], n) => choice(value, label, n === 0)));
    this.#state({ text, verb, danger, mayAgree: !prepare, no: "Cancel" });
    this.element.showModal();
    this.no.focus();
    let agreed = false;
    this.yes.onclick = async () => {
      agreed = true;
      const chosen = this.element.querySelector("input:checked")?.value;
      this.#state({ verb, danger, mayAgree: false, no: "Stop" });
      await this.#carryOut(() => work(report, stop.signal, chosen), stop);
    };
    if (prepare) await this.#prepare(() => prepare(report, stop.signal), stop);
    await closed;
    return agreed;
  }

  async #prepare(prepare, stop) {
    try {
      const text = await prepare();
      if (!stop.signal.aborted) this.#state({ text: text ?? "There is nothing to do.", mayAgree: text !== null });
    } catch (error) {
      if (!stop.signal.aborted) this.#state({ text: error.message, mayAgree: false, no: "Close" });
    }
  }

  async #carryOut(work, stop) {
    try {
      const left = await work();
      if (stop.signal.aborted) return;
      if (left === null) this.element.close();
      else this.#state({ text: left, mayAgree: false, no: "Close" });
    } catch (error) {
      if (!stop.signal.aborted) this.#state({ text: error.message, mayAgree: false, no: "Close" });
    }
  }

  #state({ text, verb, danger, mayAgree, no }) {
    if (text !== undefined) say(this.text, text);
    if (verb !== undefined) [this.yes.textContent, this.yes.className] = [verb, danger ? "danger filled" : "filled"];
    if (no !== undefined) say(this.no, no);
    this.yes.disabled = !mayAgree;
    this.yes.hidden = no === "Close";
    this.bar.hidden = true;
  }

  #report(text, share) {
    say(this.text, text);
    this.bar.hidden = share === null;
    if (share !== null) this.bar.value = share;
  }
}

function choice(value, label, isChecked) {
  const input = el("input", { type: "radio", name: "dialog-choice", value });
  input.checked = isChecked;
  return el("label", {}, input, " ", label);
}
