// <math-formula>: sets the LaTeX it holds as a formula, with KaTeX. Without scripts, and where the LaTeX is
// wrong, the LaTeX stays as it was written.
//
// Pages load it only where they hold a formula; KaTeX comes with the first one. KaTeX builds nodes and sets
// their styles one by one, which the content security policy allows; a string of HTML it would not.

const vendor = new URL("../../vendor/katex/", import.meta.url);
let katex;

function load() {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = new URL("katex.min.css", vendor).href;
  document.head.append(sheet);
  return import(new URL("katex.min.js", vendor).href).then(() => self.katex);
}

class MathFormula extends HTMLElement {
  async connectedCallback() {
    if (this.latex !== undefined) return;
    this.latex = this.textContent;
    katex ??= load();
    try {
      const options = { displayMode: this.classList.contains("display"), maxExpand: 200, maxSize: 20, strict: false };
      const set = document.createElement("span");
      (await katex).render(this.latex, set, options);
      this.replaceChildren(...set.childNodes);
      if (this.scrollWidth > this.clientWidth && this.classList.contains("display")) this.tabIndex = 0; // the keys scroll it
    } catch {
      this.classList.add("unset");
    }
  }
}

customElements.define("math-formula", MathFormula);
