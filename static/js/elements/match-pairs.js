// <match-pairs>: entries matched by two taps, left then right; the next open row is chosen by itself, so that
// one tap a row is enough. Without scripts each row has a list; those lists stay, hidden, and carry the answer.

class MatchPairs extends HTMLElement {
  connectedCallback() {
    if (this.rows || !this.querySelector(".pair")) return; // rows of formulas are chosen from as they are
    this.rights = [...this.querySelectorAll(".rights > li")];
    this.rows = [...this.querySelectorAll(".pair")].map((row) => this.prepare(row));
    this.voice = this.appendChild(document.createElement("p"));
    this.voice.className = "visually-hidden";
    this.voice.setAttribute("role", "status");
    const bank = this.querySelector(".rights");
    bank.hidden = false;
    this.rights.forEach((entry, index) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "option" });
      if (index < 9) button.dataset.key = String(index + 1);
      const text = document.createElement("span");
      text.append(...entry.childNodes);
      button.append(text);
      if (index < 9) {
        const key = document.createElement("kbd");
        key.setAttribute("aria-hidden", "true");
        key.textContent = String(index + 1);
        button.append(key);
        button.setAttribute("aria-keyshortcuts", String(index + 1));
      }
      button.addEventListener("click", () => this.give(index));
      entry.append(button);
    });
    this.choose(this.rows.find((row) => !row.select.value) ?? this.rows[0]);
    this.show();
  }

  prepare(pair) {
    const select = pair.querySelector("select");
    const label = pair.querySelector("label");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "option left" });
    const left = document.createElement("span");
    left.append(...label.childNodes);
    const right = document.createElement("span");
    right.className = "chosen";
    button.append(left, right);
    label.remove();
    select.hidden = true;
    pair.append(button);
    const row = { select, button, right, name: left.textContent.trim() };
    button.addEventListener("click", () => this.choose(row));
    return row;
  }

  choose(row) {
    this.current = row;
    for (const each of this.rows) each.button.setAttribute("aria-pressed", String(each === row));
  }

  // The chosen row gets this entry, which leaves the row it was in; then comes the next open row.
  give(index) {
    const value = String(index);
    const row = this.current;
    if (!this.hasAttribute("data-reuse")) {
      for (const other of this.rows) if (other.select.value === value) other.select.value = "";
    }
    row.select.value = value;
    this.show();
    this.voice.textContent = `${row.name}: ${row.right.textContent}`;
    const place = this.rows.indexOf(row);
    const open = [...this.rows.slice(place + 1), ...this.rows.slice(0, place)].find((each) => !each.select.value);
    this.choose(open ?? row);
    if (!open) this.closest("form")?.querySelector("[data-primary]")?.focus({ preventScroll: true });
  }

  show() {
    const used = new Set(this.rows.map((row) => row.select.value));
    for (const row of this.rows) {
      const entry = this.rights[Number(row.select.value)];
      const text = row.select.value === "" ? null : entry.querySelector("button > span");
      row.right.replaceChildren(...(text ? [...text.childNodes].map((node) => node.cloneNode(true)) : ["…"]));
    }
    this.rights.forEach((entry, index) => entry.classList.toggle("used", used.has(String(index))));
  }
}

customElements.define("match-pairs", MatchPairs);
