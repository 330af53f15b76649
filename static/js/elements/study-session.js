// <study-session>: sends answers without reloading the page, keeps them until they have arrived, and
// gives every action a key. Around <main>; without scripts the same forms and links work by themselves.
//
// Markup it reads: [data-key="u"] the key that presses a control; [data-primary] Space and Enter;
// a[data-swap] a link whose page replaces <main>; [data-focus] where focus goes; [data-announce] what a
// screen reader hears, [data-say] what it hears instead of that; [data-address] where the page is found again;
// form[data-tap] when one tap on an option answers ("touch", "always"); details[data-keys] the list of keys.

import { _, keepEntries, lower, textOf } from "../words.js";

const PATIENCE = 20_000; // ms until an unanswered request counts as failed
const LONGEST_PAUSE = 15_000; // ms between two tries
const QUIET = 450; // ms after a page has come: a tap then was meant for the page before
const LATE = 800; // ms until words say that something is under way
const FRESH = 5 * 60_000; // ms that a page fetched ahead may wait
const TYPED = "textarea, select, input:not([type=radio]):not([type=checkbox])";

class StudySession extends HTMLElement {
  busy = false;
  quiet = false;
  ahead = null; // the next page, fetched while this one is read: { url, at, page }
  waited = 0; // ms that the question on the page had been here before it was shown

  connectedCallback() {
    if (this.voice) return;
    this.voice = document.createElement("div");
    this.voice.className = "visually-hidden";
    this.voice.setAttribute("role", "status");
    this.append(this.voice);
    this.line = document.createElement("p");
    this.line.className = "under-way";
    this.line.setAttribute("aria-hidden", "true"); // the voice says the same
    this.append(this.line);
    for (const kind of ["keydown", "click", "submit", "beforeinput", "pointerdown"]) {
      document.addEventListener(kind, (event) => this.hush(event), true);
    }
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

  // A page that has only just come takes no press, nor does one whose answer is on its way.
  hush(event) {
    if (!this.busy && !this.quiet) return;
    const { target, key } = event;
    if (target.closest?.("[data-leave], .unsent")) return;
    if (event.type === "keydown") {
      if (key === "Tab" || event.ctrlKey || event.metaKey || event.altKey) return;
      const typing = target.matches?.(TYPED) && key !== "Enter";
      if (!this.busy && (typing || (key.length > 1 && key !== "Enter"))) return;
    } else if (!this.main.contains(target) || (event.type === "beforeinput" && !this.busy)) {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  onSubmit(event) {
    const form = event.target;
    const button = event.submitter;
    if (!this.main.contains(form)) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form, button));
    if (body.has("serving")) body.set("waited", String(Math.round(this.waited)));
    const action = button?.hasAttribute("formaction") ? button.formAction : form.action;
    this.go(action, { method: "POST", body }, form.matches("[data-question]") ? form : null);
  }

  onClick(event) {
    const choice = event.target.closest("label.option")?.querySelector("input[type=radio]");
    const ways = { touch: ["touch", "pen"], always: ["touch", "pen", "mouse"] }[choice?.form?.dataset.tap];
    if (ways?.includes(event.pointerType)) {
      if (event.target !== choice) event.preventDefault();
      choice.checked = true;
      choice.form.requestSubmit(choice.form.querySelector("[data-primary]"));
      return;
    }
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
    if (event.key === "Escape" && target.matches(TYPED)) {
      this.main.focus({ preventScroll: true }); // now the other keys mean something
      return;
    }
    if (target.matches(TYPED) || target.closest("details.menu[open]")) return;
    const control = this.controlFor(event.key, target);
    if (!control) return;
    event.preventDefault();
    if (event.repeat) return;
    if (control.matches("details")) {
      control.open = !control.open;
    } else {
      control.focus({ preventScroll: control.matches("button, a") });
      control.click();
      const form = control.matches("input[type=radio]") ? control.form : null;
      if (form?.dataset.tap === "always") form.requestSubmit(form.querySelector("[data-primary]"));
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
    const posted = options.method === "POST";
    this.busy = true;
    this.hold();
    this.posted = posted;
    const late = setTimeout(() => this.say(posted ? _("Sending…") : _("Loading…")), LATE);
    const ahead = posted ? null : await this.fetched(url);
    const { response, html } = ahead ?? (await this.deliver(url, options));
    clearTimeout(late);
    this.line.textContent = "";
    this.busy = false;
    this.arrive(new DOMParser().parseFromString(html, "text/html"), response, posted, question);
    this.waited = ahead ? ahead.waited : 0;
  }

  // The page that was fetched ahead for this address, unless it is old or did not come.
  async fetched(url) {
    const ahead = this.ahead;
    if (ahead?.url !== url || Date.now() - ahead.at > FRESH) return null;
    const page = await ahead.page;
    return page && { ...page, waited: Date.now() - page.at };
  }

  // While feedback is read, the next question comes already. Reading it changes nothing on the server.
  look() {
    this.ahead = null;
    const link = this.main.querySelector("a[data-ahead]");
    if (!link || navigator.connection?.saveData) return;
    const headers = { Accept: "text/html", "X-Requested-With": "fetch" };
    const page = fetch(link.href, { headers, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) })
      .then(async (response) => (response.ok ? { response, html: await response.text(), at: Date.now() } : null))
      .catch(() => null);
    this.ahead = { url: link.href, at: Date.now(), page };
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
      this.main.before(this.notice);
    }
    const told = this.posted
      ? _("Not sent yet: {reason} Your answer is kept; trying again.", { reason: lower(reason) })
      : _("The next page hasn’t come yet: {reason} Trying again.", { reason: lower(reason) });
    this.notice.firstElementChild.textContent = told;
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
    for (const name of ["arrange-list", "match-pairs", "math-formula"]) {
      if (this.main.querySelector(name)) import(`./${name}.js`);
    }
    document.title = page.title;
    // The whole session is one step in the browser's history: Back leaves it, and never lands on
    // an answer that was sent already.
    // What came of an answer has an address of its own: loading it anew, or coming back, shows it again.
    const place = this.main.querySelector("[data-address]");
    if (place) history.replaceState(null, "", place.dataset.address);
    else if (!posted || response.redirected) history.replaceState(null, "", response.url);
    scrollTo({ top: 0, behavior: "instant" });
    this.settle();
  }

  // Takes no press until a while after the page has come, or while something is on its way.
  hold() {
    this.dataset.quiet = "";
    this.toggleAttribute("data-busy", this.busy);
    if (this.busy) this.main.setAttribute("aria-busy", "true");
    clearTimeout(this.calm);
    if (this.busy) return;
    this.quiet = true;
    this.calm = setTimeout(() => {
      this.quiet = false;
      delete this.dataset.quiet;
    }, QUIET);
  }

  // On the page and for the ear, where something takes long.
  say(words) {
    this.line.textContent = words;
    this.voice.textContent = words;
  }

  // Focus and voice for what has just come.
  settle() {
    this.hold();
    const place = this.main.querySelector("[data-focus][autofocus]") ?? this.main.querySelector("[data-focus]:is(a, button)") ?? this.main.querySelector("[data-focus]") ?? this.main;
    place.focus({ preventScroll: true });
    const notices = [...this.main.querySelectorAll(".notice, .passing")];
    for (const notice of notices) notice.removeAttribute("role"); // said once, here
    const said = this.main.querySelector("[data-say]")?.dataset.say;
    const words = said ? [...notices.map(textOf), said] : [...this.main.querySelectorAll("[data-announce], .notice, .passing")].map(textOf);
    this.voice.textContent = words.join(" ");
    for (const row of this.main.querySelectorAll("[data-keys] [data-for]")) row.hidden = !this.main.querySelector(row.dataset.for);
    this.look();
  }
}

customElements.define("study-session", StudySession);
