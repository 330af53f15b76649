// Pictures pasted or dragged into a text of a form: they're sent by the form's button “Add the picture”, once their
// description is written, and stand in that text as Markdown. What can't be added is said.
//
// Markup: dialog[data-picture] with an input for the description, [data-add], [data-cancel] and [data-refused].

import { _ } from "../words.js";

const TEXTS = "textarea:not([name=tried]), input[type=text][dir=auto]";

export class PastedPictures {
  constructor(form, dialog) {
    this.form = form;
    this.dialog = dialog;
    this.words = dialog.querySelector("input");
    this.refused = dialog.querySelector("[data-refused]");
    form.addEventListener("paste", (event) => this.take(event, event.clipboardData));
    form.addEventListener("drop", (event) => this.take(event, event.dataTransfer));
    form.addEventListener("dragover", (event) => {
      if (event.target.matches(TEXTS) && [...event.dataTransfer.items].some((item) => item.kind === "file")) event.preventDefault();
    });
    dialog.querySelector("[data-add]").addEventListener("click", () => this.add());
    dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
    this.words.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) this.add();
    });
  }

  take(event, data) {
    const files = [...(data?.files ?? [])];
    // A text that was copied comes with a picture of itself from some programs: then the text is meant.
    if (!event.target.matches(TEXTS) || !files.length || data.getData("text/plain")) return;
    event.preventDefault();
    this.text = event.target;
    this.place = [this.text.selectionStart, this.text.selectionEnd];
    this.file = files.find((file) => file.type.startsWith("image/"));
    this.words.value = "";
    this.say(this.file ? "" : _("Only pictures can be added here: PNG, JPEG, WebP or GIF."));
    this.dialog.showModal();
    this.words.focus();
  }

  async add() {
    const words = this.words.value.trim();
    if (!this.file) return this.dialog.close();
    if (!words) return this.say(_("Describe the picture for students who can’t see it."));
    if (this.sending) return;
    this.sending = true;
    this.say(_("Adding the picture…"));
    const picture = await this.send(words);
    this.sending = false;
    if (!picture) return;
    this.dialog.close();
    this.text.focus();
    this.text.setSelectionRange(...this.place);
    if (!document.execCommand("insertText", false, picture)) this.text.setRangeText(picture, ...this.place, "end");
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // The picture as Markdown; "" where it was refused, which is then said.
  async send(words) {
    const body = new FormData();
    for (const hidden of this.form.querySelectorAll("input[type=hidden]")) body.append(hidden.name, hidden.value);
    body.append("do", "picture");
    body.append("picture", this.file, this.file.name);
    body.append("picture_text", words);
    try {
      const response = await fetch(this.form.action, { method: "POST", body, credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const picture = page.querySelector("#content-stem")?.value.trim() ?? "";
      if (picture.startsWith("![")) return picture;
      const said = page.querySelector("#picture-error span, #picture_text-error span")?.textContent.trim();
      const why = { 413: _("The file is too large."), 404: _("You’re no longer signed in: sign in in another tab, then try again.") };
      this.say(said || why[response.status] || _("The server didn’t take the picture. Try again."));
    } catch {
      this.say(_("No connection. Try again."));
    }
    return "";
  }

  say(words) {
    this.refused.textContent = words;
  }
}
