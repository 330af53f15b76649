// <item-editor>: keeps the preview beside an item's form up to date, keeps what is
// written until it is saved, and has keys. Without scripts the form's buttons do it by loading the page.
//
// Markup it reads: data-preview the address of the preview; [data-shown] where it goes; [data-voice] a
// status line; button[data-show-preview]; form[data-unsaved]; the rows of form-rows.js.

import { FormRows } from "./form-rows.js";
import { KeptText } from "./kept-text.js";
import { PastedPictures } from "./pasted-pictures.js";
import { _ } from "../words.js";

const PAUSE = 300; // ms without a key before the preview is asked for

class ItemEditor extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form.editor");
    if (!this.form || this.ready) return;
    this.ready = true;
    this.unsaved = this.form.hasAttribute("data-unsaved");
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("change", () => this.changed());
    this.form.addEventListener("submit", (event) => this.submitting(event));
    this.addEventListener("keydown", (event) => this.pressed(event));
    this.rows = new FormRows(this.form, () => this.changed());
    const asked = this.querySelector("dialog[data-picture]");
    if (asked) new PastedPictures(this.form, asked);
    this.kept = new KeptText(this.form, () => this.changed(), this.rows);
    if (this.unsaved) this.kept.keep();
    addEventListener("beforeunload", (event) => {
      if (this.unsaved && !this.sending && !this.kept.works) event.preventDefault();
    });
    // Back from the next page: the browser has restored what was typed, and nothing is being sent.
    addEventListener("pageshow", (event) => {
      this.sending = false;
      if (event.persisted && this.unsaved) this.kept.keep();
    });
  }

  changed() {
    this.unsaved = true;
    this.kept.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), PAUSE);
  }

  submitting(event) {
    const button = event.submitter;
    if (button?.hasAttribute("data-show-preview")) {
      event.preventDefault();
      clearTimeout(this.timer);
      this.show().then(() => this.querySelector("#preview").focus());
      this.querySelector("#preview").scrollIntoView({ block: "nearest" });
    } else if (this.rows.pressing(button)) {
      event.preventDefault();
    } else if (this.sending) {
      event.preventDefault(); // a double click saves once
    } else {
      this.sending = true;
      this.kept.keep(true); // until the page after the save says that it has arrived
    }
  }

  pressed(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const save = this.form.querySelector('[value="save"]');
    const buttons = { s: save, Enter: this.form.querySelector('[value="another"]') ?? save, p: this.form.querySelector("[data-show-preview]") };
    const button = buttons[event.key];
    if (!button) return;
    event.preventDefault();
    if (event.key === "p" && document.activeElement?.id === "preview") this.form.querySelector("textarea")?.focus();
    else if (!event.repeat) this.form.requestSubmit(button);
  }

  async show() {
    this.asked?.abort();
    const asked = (this.asked = new AbortController());
    try {
      const data = new FormData(this.form);
      data.delete("picture");
      const body = new URLSearchParams(data);
      const headers = { Accept: "text/html", "X-Requested-With": "fetch" };
      const response = await fetch(this.dataset.preview, { method: "POST", body, headers, credentials: "same-origin", signal: asked.signal });
      const html = await response.text();
      if (!asked.signal.aborted) this.put(response.ok ? html : "", response.status);
    } catch (error) {
      if (error.name !== "AbortError") this.put("", 0);
    }
  }

  put(html, status) {
    const shown = this.querySelector("[data-shown]");
    if (!html) {
      const why = { 0: _("No connection."), 400: _("This page has expired: copy your text, then reload."), 404: _("You’re no longer signed in: sign in in another tab, then continue here."), 413: _("The text is too long to be sent.") };
      this.say(_("The preview can’t be shown now. {reason} Your text is still in the form.", { reason: why[status] ?? _("The server didn’t respond as it should.") }));
      this.voice.classList.remove("visually-hidden");
      return;
    }
    this.voice.classList.add("visually-hidden");
    const page = new DOMParser().parseFromString(html, "text/html");
    shown.replaceChildren(...document.adoptNode(page.body).childNodes);
    if (shown.querySelector("math-formula")) import("./math-formula.js");
    this.say(shown.querySelector("[data-summary]")?.dataset.summary ?? "");
  }

  get voice() {
    return this.querySelector("[data-voice]");
  }

  say(words) {
    if (this.voice.textContent !== words) this.voice.textContent = words;
  }
}

customElements.define("item-editor", ItemEditor);
