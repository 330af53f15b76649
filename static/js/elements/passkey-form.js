// <passkey-form data-options="/address" data-ceremony="create|get"> around a form with a hidden field
// `credential`: asks the server what is to be signed, the device to sign it, and sends the form.
// [data-passkey] is shown where the browser can do it, [data-refused] where it cannot, with a reason.

import { _ } from "../words.js";

const REASONS = {
  NotAllowedError: _("It was cancelled or took too long. Nothing has changed; try again."),
  InvalidStateError: _("This device already has a passkey for this account."),
  SecurityError: _("This browser can’t create passkeys for this address. They need https and a name, not a number such as 192.168.0.1."),
};

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function read(options) {
  const listed = (list) => (list || []).map((entry) => ({ ...entry, id: bytes(entry.id) }));
  const found = { ...options, challenge: bytes(options.challenge) };
  if (options.user) found.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) found.excludeCredentials = listed(options.excludeCredentials);
  if (options.allowCredentials) found.allowCredentials = listed(options.allowCredentials);
  return found;
}

function written(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: {} });
}

class PasskeyForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    const refused = this.querySelector("[data-refused]");
    if (!window.isSecureContext) {
      refused.textContent = _("Passkeys need https (or localhost): this browser refuses them on a plain http address.");
      return;
    }
    if (!window.PublicKeyCredential) {
      refused.textContent = _("This browser doesn’t support passkeys.");
      return;
    }
    refused.hidden = true;
    for (const part of this.querySelectorAll("[data-passkey]")) part.hidden = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run();
    });
  }

  async run() {
    const button = this.form.querySelector("button");
    const said = this.querySelector("[data-said]");
    button.disabled = true;
    said.textContent = "";
    try {
      const headers = { "X-CSRFToken": this.form.elements.csrf_token.value };
      const answer = await fetch(this.dataset.options, { method: "POST", headers });
      if (!answer.ok) throw new Error("options");
      const publicKey = read(await answer.json());
      const credential = this.dataset.ceremony === "create"
        ? await navigator.credentials.create({ publicKey })
        : await navigator.credentials.get({ publicKey });
      this.form.elements.credential.value = written(credential);
      this.form.submit();
    } catch (error) {
      said.textContent = REASONS[error.name] || _("That didn’t work. Nothing was saved; reload the page and try again.");
      button.disabled = false;
    }
  }
}

customElements.define("passkey-form", PasskeyForm);
