// <gap-maker data-for="id of a text area">: a button that puts the selection, or the word at the cursor, between
// the double braces of a gap. Hidden without scripts.

import { _ } from "../words.js";

const SPECIAL = /[|~{}\\]/g;

class GapMaker extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.voice = this.querySelector("[role=status]");
    this.querySelector("button").addEventListener("click", () => this.make(document.getElementById(this.dataset.for)));
  }

  make(area) {
    const [start, end] = chosen(area);
    const text = area.value.slice(start, end);
    if (!text) return this.refuse(area, _("First select the words to be filled in."));
    if (inGap(area.value, start) || /\{\{|\}\}/.test(text)) return this.refuse(area, _("A gap can’t be inside another gap."));
    const gap = `{{${text.replace(SPECIAL, "\\$&")}}}`;
    area.focus();
    area.setSelectionRange(start, end);
    // execCommand keeps the browser's own undo; where it is gone, the text is set directly.
    if (!document.execCommand("insertText", false, gap)) area.setRangeText(gap, start, end, "end");
    const inside = start + gap.length - 2; // before the closing braces, where other forms go
    area.setSelectionRange(inside, inside);
    area.dispatchEvent(new Event("input", { bubbles: true }));
    this.voice.textContent = _("Gap added: {text}", { text });
  }

  refuse(area, words) {
    this.voice.textContent = words;
    area.focus();
  }
}

// The selection without the spaces at its ends, or the word around the cursor.
function chosen(area) {
  let { selectionStart: start, selectionEnd: end } = area;
  const { value } = area;
  if (start === end) {
    while (start > 0 && /[\p{L}\p{N}'’-]/u.test(value[start - 1])) start -= 1;
    while (end < value.length && /[\p{L}\p{N}'’-]/u.test(value[end])) end += 1;
  }
  while (start < end && /\s/.test(value[start])) start += 1;
  while (end > start && /\s/.test(value[end - 1])) end -= 1;
  return [start, end];
}

function inGap(value, position) {
  const before = value.slice(0, position).replace(/\\[|~{}\\]/g, "");
  return before.lastIndexOf("{{") > before.lastIndexOf("}}");
}

customElements.define("gap-maker", GapMaker);
