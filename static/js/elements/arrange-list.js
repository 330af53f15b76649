// <arrange-list>: entries put in order by dragging, or by buttons to move them up and down.
// Without scripts each entry has a list of ranks; those lists stay, hidden, and carry the answer from the first
// move on: an order that nobody touched is no answer, unless “It’s right as it stands” is ticked.

import { _ } from "../words.js";

class ArrangeList extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    if (!this.list || this.list.dataset.ready) return;
    this.list.dataset.ready = "";
    this.voice = this.appendChild(document.createElement("p"));
    this.voice.className = "visually-hidden";
    this.voice.setAttribute("role", "status");
    const chosen = (item) => Number(item.querySelector("select").value) || Infinity;
    const given = this.items.every((item) => chosen(item) < Infinity);
    if (given) this.list.append(...this.items.sort((a, b) => chosen(a) - chosen(b)));
    for (const item of this.items) this.prepare(item);
    this.ends();
  }

  get items() {
    return [...this.list.children];
  }

  prepare(item) {
    item.querySelector("select").hidden = true;
    for (const part of item.querySelectorAll("[hidden]:not(select)")) part.hidden = false;
    // A label without a visible control would mislead: the buttons name the entry themselves.
    const label = item.querySelector("label");
    const text = document.createElement("span");
    text.className = "entry-text";
    text.append(...label.childNodes);
    label.replaceWith(text);
    for (const button of item.querySelectorAll("[data-move]")) {
      button.addEventListener("click", () => this.step(item, Number(button.dataset.move), button));
    }
    item.querySelector(".grip").addEventListener("pointerdown", (event) => this.drag(item, event));
  }

  // The hidden lists get the ranks as they stand.
  write() {
    this.items.forEach((item, index) => {
      item.querySelector("select").value = String(index + 1);
    });
    this.ends();
  }

  // The ends lose the button that leads nowhere.
  ends() {
    const { items } = this;
    items.forEach((item, index) => {
      item.querySelector('[data-move="-1"]').disabled = index === 0;
      item.querySelector('[data-move="1"]').disabled = index === items.length - 1;
    });
  }

  step(item, by, button) {
    this.swap(item, by);
    this.write();
    (button.disabled ? item.querySelector("[data-move]:not([disabled])") : button).focus();
    this.say(item);
  }

  // The neighbour moves, not the entry: an entry taken out of the page would lose focus and pointer.
  swap(item, by) {
    if (by < 0 && item.previousElementSibling) item.after(item.previousElementSibling);
    if (by > 0 && item.nextElementSibling) item.before(item.nextElementSibling);
  }

  say(item) {
    const { items } = this;
    this.voice.textContent = _("{entry}: place {place} of {count}", { entry: item.querySelector(".entry-text").textContent.trim(), place: items.indexOf(item) + 1, count: items.length });
  }

  drag(item, event) {
    if (event.button !== 0) return;
    event.preventDefault();
    const grip = event.currentTarget;
    grip.setPointerCapture(event.pointerId);
    item.classList.add("moving");
    const before = this.items.indexOf(item);
    const move = ({ clientY }) => {
      const above = item.previousElementSibling;
      const below = item.nextElementSibling;
      if (above && clientY < middle(above)) this.swap(item, -1);
      else if (below && clientY > middle(below)) this.swap(item, 1);
    };
    const end = () => {
      grip.removeEventListener("pointermove", move);
      item.classList.remove("moving");
      if (this.items.indexOf(item) === before) return;
      this.write();
      this.say(item);
    };
    grip.addEventListener("pointermove", move);
    grip.addEventListener("lostpointercapture", end, { once: true });
  }
}

function middle(element) {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
}

customElements.define("arrange-list", ArrangeList);
