// <study-session>: sends answers without reloading the page, keeps them until they have arrived, and
// gives every action a key. Around <main>; without scripts the same forms and links work by themselves.
//
// Markup it reads: [data-key="u"] the key that presses a control; [data-primary] Space and Enter;
// a[data-swap] a link whose page replaces <main>; [data-focus] where focus goes; [data-announce] what a
// screen reader hears; details[data-keys] the list of keys.

import { _ } from "../words.js";

const PATIENCE = 20_000; // ms until an unanswered request counts as failed
const LONGEST_PAUSE = 15_000; // ms between two tries

class StudySession extends HTMLElement {
  busy = false;

  connectedCallback() {
    if (this.voice) return;
    this.voice = document.createElement("div");
    this.voice.className = "visually-hidden";
    this.voice.setAttribute("role", "status");
    this.append(this.voice);
    this.addEventListener("submit", (event) => this.onSubmit(event));
    this.addEventListener("click", (event) => this.onClick(event));
    document.addEventListener("keydown", (event) => this.onKey(event));
    addEventListener("beforeunload", (event) => {
      if (this.notice) event.preventDefault(); // an answer is still on its way
    });
    this.settle();
  }

  get main() {
    return this.querySelector("main");
  }

  // --- what the learner does ---------------------------------------------------------------

  onSubmit(event) {
    const form = event.target;
    const button = event.submitter;
    if (!this.main.contains(form)) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form, button));
    const action = button?.hasAttribute("formaction") ? button.formAction : form.action;
    this.go(action, { method: "POST", body }, form.matches("[data-question]") ? form : null);
  }

  onClick(event) {
    const link = event.target.closest("a[data-swap]");
    const elsewhere = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || elsewhere) return;
    event.preventDefault();
    this.go(link.href, {}, null);
  }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    const target = event.target;
    if (event.repeat && event.key === "Enter") {
      event.preventDefault(); // a key held down is one press
      return;
    }
    if (event.key === "Enter" && target.matches(".gap")) {
      const empty = [...target.form.querySelectorAll(".gap")].find((gap) => !gap.value && gap !== target);
      if (empty) {
        event.preventDefault(); // a sentence half filled in is not sent by mistake
        empty.focus();
        return;
      }
    }
    if (target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])")) return;
    const control = this.controlFor(event.key, target);
    if (!control) return;
    event.preventDefault();
    if (event.repeat) return;
    if (control.matches("details")) {
      control.open = !control.open;
    } else {
      control.focus({ preventScroll: control.matches("button, a") });
      control.click();
    }
  }

  controlFor(key, target) {
    if (key === "?") return this.main.querySelector("[data-keys]");
    if (key === "Enter" || key === " ") {
      // What has the focus keeps the keys it has by itself.
      const own = key === " " ? "button, summary, input, a:not([data-primary])" : "button, summary, a";
      return target.closest(own) ? null : this.main.querySelector("[data-primary]");
    }
    return this.main.querySelector(`[data-key="${CSS.escape(key.toLowerCase())}"]`);
  }

  // --- on the way --------------------------------------------------------------------------

  // One request at a time; the same data is sent until it has arrived. The server knows an answer by
  // its serving, so sending it twice cannot count it twice.
  async go(url, options, question) {
    if (this.busy) return;
    this.busy = true;
    this.main.setAttribute("aria-busy", "true");
    const { response, html } = await this.deliver(url, options);
    this.arrive(new DOMParser().parseFromString(html, "text/html"), response, options.method === "POST", question);
    this.busy = false;
  }

  async deliver(url, options) {
    const headers = { Accept: "text/html", "X-Requested-With": "fetch" };
    for (let pause = 1000; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      try {
        const response = await fetch(url, { ...options, headers, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) });
        if (![502, 503, 504].includes(response.status)) {
          const html = await response.text();
          this.tell(null);
          return { response, html };
        }
        this.tell(_("The server is too busy."));
      } catch {
        this.tell(_("No connection."));
      }
      await this.wait(pause);
    }
  }

  wait(pause) {
    return new Promise((resolve) => {
      const timer = setTimeout(done, pause);
      const button = this.notice?.querySelector("button");
      function done() {
        clearTimeout(timer);
        removeEventListener("online", done);
        button?.removeEventListener("click", done);
        resolve();
      }
      addEventListener("online", done);
      button?.addEventListener("click", done);
    });
  }

  // Says that something is not sent yet, and why; null takes the words away.
  tell(reason) {
    if (!reason) {
      this.notice?.remove();
      this.notice = null;
      return;
    }
    if (!this.notice) {
      this.notice = document.createElement("div");
      this.notice.className = "notice wrong unsent";
      this.notice.setAttribute("role", "alert");
      this.notice.append(document.createElement("p"), document.createElement("button"));
      Object.assign(this.notice.lastElementChild, { type: "button", className: "button", textContent: _("Try now") });
      this.main.prepend(this.notice);
    }
    this.notice.firstElementChild.textContent = _("Not sent yet: {reason} Your answer is kept; trying again.", { reason: lower(reason) });
  }

  // --- arrived -----------------------------------------------------------------------------

  arrive(page, response, posted, question) {
    const main = page.querySelector("main");
    const session = page.querySelector("study-session");
    if (!main || (!session && response.ok)) {
      location.assign(response.url); // it leads out of studying
      return;
    }
    if (question) keepEntries(question, main.querySelector("[data-question]"));
    this.main.replaceWith(document.adoptNode(main));
    if (this.main.querySelector("math-formula")) import("./math-formula.js");
    document.title = page.title;
    // The whole session is one step in the browser's history: Back leaves it, and never lands on
    // an answer that was sent already.
    if (!posted || response.redirected) history.replaceState(null, "", response.url);
    scrollTo({ top: 0, behavior: "instant" });
    this.settle();
  }

  // Focus and voice for what has just come.
  settle() {
    const place = this.main.querySelector("[data-focus][autofocus]") ?? this.main.querySelector("[data-focus]:is(a, button)") ?? this.main.querySelector("[data-focus]") ?? this.main;
    place.focus({ preventScroll: true });
    const words = [...this.main.querySelectorAll("[data-announce], .next-time, .notice")];
    this.voice.textContent = words.map((element) => element.textContent.replace(/\s+/g, " ").trim()).join(". ");
  }
}

function lower(text) {
  return text[0].toLowerCase() + text.slice(1);
}

// The same question asked again (a hint, an empty answer) keeps what was entered.
function keepEntries(before, after) {
  const asked = (form) => form.querySelector("#stem")?.textContent;
  if (!after || asked(before) !== asked(after)) return;
  for (const element of before.elements) {
    if (!element.name || element.type === "hidden" || element.type === "submit") continue;
    const same = [...after.elements].filter((other) => other.name === element.name && other.type === element.type);
    if (element.type === "radio" || element.type === "checkbox") {
      for (const other of same) if (other.value === element.value) other.checked = element.checked;
    } else if (same[0]) {
      same[0].value = element.value;
    }
  }
}

customElements.define("study-session", StudySession);
