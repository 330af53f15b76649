// <paste-box>: a text area that also takes what a browser or a word processor puts on the clipboard beside
// the text, its markup, into a hidden field, as long as the text is not changed by hand.

import { _ } from "../words.js";

class PasteBox extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea");
    this.markup = this.querySelector("input[type=hidden]");
    this.voice = this.querySelector("[role=status]");
    this.area.addEventListener("paste", (event) => this.take(event));
    this.area.addEventListener("input", (event) => {
      if (event.inputType !== "insertFromPaste") this.forget();
    });
  }

  take(event) {
    const markup = event.clipboardData?.getData("text/html") ?? "";
    const whole = this.area.selectionStart === 0 && this.area.selectionEnd === this.area.value.length;
    // A second piece beside the first is plain text: two markups do not make one page.
    this.markup.value = whole && markup.length < 2_000_000 ? markup : "";
    this.voice.textContent = this.markup.value ? _("Headings, lists and tables are included.") : "";
  }

  forget() {
    this.markup.value = "";
    this.voice.textContent = "";
  }
}

customElements.define("paste-box", PasteBox);
