// <zone-field>: fills the hidden field inside with the browser's time zone ("Europe/Madrid"), so that
// a study day begins when the learner's does. Without scripts the field stays empty and the server
// takes its own zone.

class ZoneField extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    if (input) input.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  }
}

customElements.define("zone-field", ZoneField);
