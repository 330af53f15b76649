// <zone-asker zone="Europe/Berlin">: shows the notice inside where the browser's clock goes otherwise than the
// clock of the learner's zone, and fills the browser's zone into it. "No" is remembered for that zone.

const KEY = "quizapp-zone-kept";

class ZoneAsker extends HTMLElement {
  connectedCallback() {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
    if (!here || localStorage.getItem(KEY) === here || sameClock(here, this.getAttribute("zone") ?? "")) return;
    for (const place of this.querySelectorAll("[data-zone]")) place.textContent = here.replaceAll("_", " ");
    const input = this.querySelector("input[name=zone]");
    if (input) input.value = here;
    this.querySelector("[data-keep]")?.addEventListener("click", () => {
      localStorage.setItem(KEY, here);
      this.hidden = true;
    });
    this.hidden = false;
  }
}

function sameClock(one, other) {
  try {
    return clock(one) === clock(other);
  } catch {
    return true; // a zone that the browser doesn't know
  }
}

function clock(timeZone) {
  return new Date().toLocaleString("en-GB", { timeZone });
}

customElements.define("zone-asker", ZoneAsker);
