// <item-list>: keys for a deck's list of questions, a tick for all of them, and how many are ticked.
//
// Markup: input[name="item"] the ticks; [data-ticked] where their number goes; [data-tick-all] a place for the
// tick that ticks all; .row h2 a what is opened; #words the search box; [data-add] the link to a new one.

import { _ } from "../words.js";

class ItemList extends HTMLElement {
  connectedCallback() {
    if (this.ready) return;
    this.ready = true;
    this.addEventListener("change", () => this.count());
    document.addEventListener("keydown", (event) => this.pressed(event));
    const place = this.querySelector("[data-tick-all]");
    if (place) this.addTickAll(place);
    this.count();
  }

  get ticks() {
    return [...this.querySelectorAll('input[name="item"]')];
  }

  addTickAll(place) {
    const label = document.createElement("label");
    label.className = "tick";
    this.all = Object.assign(document.createElement("input"), { type: "checkbox" });
    label.append(this.all, ` ${_("Select all on this page")}`);
    this.all.addEventListener("change", () => {
      for (const tick of this.ticks) tick.checked = this.all.checked;
      this.count();
    });
    place.append(label);
  }

  count() {
    const ticked = this.ticks.filter((tick) => tick.checked).length;
    const shown = this.querySelector("[data-ticked]");
    if (shown) shown.textContent = ticked ? ` (${ticked})` : "";
    if (this.all) {
      this.all.checked = ticked > 0 && ticked === this.ticks.length;
      this.all.indeterminate = ticked > 0 && ticked < this.ticks.length;
    }
    if (ticked) this.querySelector("#bulk > details").open = true;
  }

  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.matches("input:not([type=checkbox]), textarea, select")) return;
    const act = { j: () => this.step(1), k: () => this.step(-1), x: () => this.tick(), "/": () => this.querySelector("#words")?.focus(), n: () => document.querySelector("[data-add]")?.click() }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  get row() {
    return document.activeElement?.closest("item-list .row");
  }

  step(by) {
    const rows = [...this.querySelectorAll(".row")];
    const at = rows.indexOf(this.row);
    const next = rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + by))];
    next?.querySelector("h2 a")?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  tick() {
    this.row?.querySelector('input[name="item"]')?.click();
  }
}

customElements.define("item-list", ItemList);
