// What every page has. Light, dark or as the system has it: set before the first paint, chosen in <theme-switch>,
// whose data-legend, data-auto, data-light and data-dark are its texts. And menus (details.menu): closed by Escape,
// which gives their button the focus back, and by a press or focus elsewhere.
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

  const opened = () => [...document.querySelectorAll("details.menu[open]")];

  const closeOthers = (event) => {
    for (const menu of opened()) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  };

  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of opened()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  addEventListener("pointerdown", closeOthers);
  addEventListener("focusin", closeOthers);
})();
