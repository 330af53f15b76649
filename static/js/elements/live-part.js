// <live-part data-part="name">: shows its part of this page as it is now, every ten seconds (or
// `data-seconds`) while the page is looked at. Without scripts one reloads the page.

class LivePart extends HTMLElement {
  connectedCallback() {
    const seconds = Number(this.dataset.seconds) || 10;
    this.timer = setInterval(() => this.refresh(), seconds * 1000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  async refresh() {
    if (document.hidden || this.contains(document.activeElement)) return;
    try {
      const response = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!response.ok || response.redirected) return clearInterval(this.timer);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector(`live-part[data-part="${this.dataset.part}"]`);
      if (fresh && fresh.innerHTML !== this.innerHTML) this.replaceChildren(...fresh.childNodes);
    } catch {
      // no connection now; the next time will do
    }
  }
}

customElements.define("live-part", LivePart);
