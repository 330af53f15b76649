// What is written in a form, kept in this browser until the page after the save says that it has arrived: it
// survives a closed tab, a crash, a lost connection and a server that refuses it. Nothing of it leaves the browser; signing out clears it (Clear-Site-Data), and
// what is older than two weeks goes by itself.
//
// Markup: form[data-keep] whose value tells who writes; the page's path tells what.

import { _ } from "../words.js";

const PREFIX = "quizapp-text ";
const TWO_WEEKS = 14 * 24 * 3_600_000;
const NOT_KEPT = new Set(["csrf_token", "key", "base", "picture", "do"]);

export class KeptText {
  // rows: the form's FormRows, if it has any.
  constructor(form, restored, rows = null) {
    this.form = form;
    this.rows = rows;
    this.name = `${PREFIX}${form.dataset.keep} ${location.pathname}`;
    this.works = true;
    dropSaved();
    this.forget();
    const found = this.read();
    if (found && !same(found.entries, entries(form))) this.offer(found, restored);
  }

  // sent: on its way to the server, and not changed in another tab since.
  keep(sent = false) {
    try {
      localStorage.setItem(this.name, JSON.stringify({ at: Date.now(), sent, entries: entries(this.form) }));
      this.works = true;
    } catch {
      this.works = false; // no room, or not allowed: the page then asks before it is left
    }
  }

  drop() {
    try {
      localStorage.removeItem(this.name);
    } catch {
      // nothing was kept
    }
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.name));
    } catch {
      return null;
    }
  }

  // Old texts, of whatever page.
  forget() {
    try {
      for (const name of Object.keys(localStorage)) {
        const kept = name.startsWith(PREFIX) && JSON.parse(localStorage.getItem(name));
        if (kept && Date.now() - kept.at > TWO_WEEKS) localStorage.removeItem(name);
      }
    } catch {
      this.works = false;
    }
  }

  offer(found, restored) {
    const when = new Date(found.at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
    const notice = document.createElement("div");
    notice.className = "notice warning kept";
    notice.setAttribute("role", "status");
    const words = document.createElement("p");
    words.textContent = _("You wrote something here that wasn’t saved ({when}).", { when });
    const actions = document.createElement("div");
    actions.className = "actions";
    for (const [label, act] of [[_("Restore it"), () => (fill(this.form, found.entries, this.rows), restored())], [_("Discard it"), () => this.drop()]]) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "button", textContent: label });
      button.addEventListener("click", () => {
        notice.remove();
        act();
      });
      actions.append(button);
    }
    const inside = document.createElement("div");
    inside.append(words, actions);
    notice.append(inside);
    this.form.prepend(notice);
  }
}

// Drop what the server says has been saved. What another tab has kept at the same address since stays.
export function dropSaved() {
  for (const saved of document.querySelectorAll("saved-text")) {
    const name = `${PREFIX}${saved.dataset.keep} ${saved.dataset.path}`;
    try {
      if (JSON.parse(localStorage.getItem(name))?.sent) localStorage.removeItem(name);
    } catch {
      // nothing was kept
    }
    saved.remove();
  }
}

function entries(form) {
  return [...new FormData(form)].filter(([name, value]) => !NOT_KEPT.has(name) && typeof value === "string");
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

// Every control gets its values back in the order of the form, in as many rows as there were.
function fill(form, kept, formRows) {
  for (const rows of form.querySelectorAll("[data-rows]")) {
    const begins = `${rows.dataset.rows}-`;
    const numbers = kept.filter(([name]) => name.startsWith(begins)).map(([name]) => parseInt(name.slice(begins.length), 10));
    formRows?.resize(rows, Math.max(0, ...numbers.filter(Number.isInteger)) + 1);
  }
  const values = Map.groupBy ? Map.groupBy(kept, ([name]) => name) : grouped(kept);
  for (const control of form.elements) {
    if (!control.name || NOT_KEPT.has(control.name) || control.type === "file") continue;
    const given = (values.get(control.name) ?? []).map(([, value]) => value);
    if (control.type === "checkbox" || control.type === "radio") control.checked = given.includes(control.value);
    else if (given.length) control.value = given[0];
  }
}

function grouped(kept) {
  const found = new Map();
  for (const entry of kept) found.set(entry[0], [...(found.get(entry[0]) ?? []), entry]);
  return found;
}
