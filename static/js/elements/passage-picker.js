// <passage-picker>: selecting text with the mouse ticks the sentences it touches; the bar below says how many
// are chosen. Without scripts the sentences are check boxes all the same.

import { _ } from "../words.js";

class PassagePicker extends HTMLElement {
  connectedCallback() {
    this.said = this.querySelector("[data-chosen]");
    this.addEventListener("change", () => this.tell());
    document.addEventListener("mouseup", this.take);
    this.tell();
  }

  disconnectedCallback() {
    document.removeEventListener("mouseup", this.take);
  }

  take = () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.toString().trim()) return;
    const range = selection.getRangeAt(0);
    const touched = [...this.querySelectorAll("label.sentence")].filter((label) => range.intersectsNode(label));
    if (!touched.length) return;
    for (const label of touched) label.querySelector("input").checked = true;
    selection.removeAllRanges();
    this.tell();
  };

  tell() {
    const count = this.querySelectorAll("label.sentence input:checked").length;
    this.said.textContent = count === 1 ? _("1 sentence selected. Ask about it as:") : count ? _("{count} sentences selected. Ask about them as:", { count }) : _("Click a sentence or select a passage. Then ask about it as:");
  }
}

customElements.define("passage-picker", PassagePicker);
