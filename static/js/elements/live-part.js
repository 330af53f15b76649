// <live-part data-part="name">: shows its part of this page as it is now, every ten seconds (or
// `data-seconds`) while the page is looked at. One request at a time; where the server does not answer, or
// is busy, the next one waits twice as long, five minutes at most. Without scripts one reloads the page.

const LONGEST = 300;

class LivePart extends HTMLElement {
  connectedCallback() {
    this.seconds = Number(this.dataset.seconds) || 10;
    this.pause = this.seconds;
    this.wait();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), this.pause * 1000);
  }

  async refresh() {
    const goesOn = document.hidden || this.contains(document.activeElement) || (await this.fetched());
    if (goesOn && this.isConnected) this.wait();
  }

  // Whether it is worth asking again.
  async fetched() {
    try {
      const response = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (response.status >= 500 || response.status === 429) throw new Error("busy");
      if (!response.ok || response.redirected) return false;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector(`live-part[data-part="${this.dataset.part}"]`);
      if (fresh && fresh.innerHTML !== this.innerHTML) this.replaceChildren(...fresh.childNodes);
      this.pause = this.seconds;
    } catch {
      this.pause = Math.min(2 * this.pause, LONGEST); // no connection, or busy
    }
    return true;
  }
}

customElements.define("live-part", LivePart);
