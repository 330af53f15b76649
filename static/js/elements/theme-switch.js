// Light, dark or as the system has it: set before the first paint, chosen in <theme-switch>,
// whose data-legend, data-auto, data-light and data-dark are its texts.
// A classic script in <head>, so that no page flashes in the wrong colours.
"use strict";
(() => {
  const KEY = "quizapp-theme";
  const THEMES = ["auto", "light", "dark"];

  const stored = () => {
    try {
      return localStorage.getItem(KEY) ?? "auto";
    } catch {
      return "auto"; // storage is switched off: the system's choice holds
    }
  };
  const apply = (theme) => {
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  };

  apply(stored());
  addEventListener("storage", (event) => {
    if (event.key === KEY) apply(stored());
  });

  customElements.define("theme-switch", class extends HTMLElement {
    connectedCallback() {
      if (this.firstElementChild) return;
      const fieldset = document.createElement("fieldset");
      const legend = fieldset.appendChild(document.createElement("legend"));
      legend.textContent = this.dataset.legend;
      for (const value of THEMES) {
        const label = fieldset.appendChild(document.createElement("label"));
        const input = label.appendChild(document.createElement("input"));
        Object.assign(input, { type: "radio", name: "theme", value, checked: value === stored() });
        label.append(this.dataset[value]);
      }
      fieldset.addEventListener("change", (event) => this.choose(event.target.value));
      this.append(fieldset);
    }

    choose(theme) {
      apply(theme);
      try {
        localStorage.setItem(KEY, theme);
      } catch {
        // it holds for this page only
      }
    }
  });
})();
