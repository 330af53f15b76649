// <send-on> around a form: sends it as soon as the page is there. Without scripts its button does.

class SendOn extends HTMLElement {
  connectedCallback() {
    this.querySelector("form").requestSubmit();
  }
}

customElements.define("send-on", SendOn);
