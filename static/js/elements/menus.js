// A menu (details.menu) closes by Escape, which gives its button the focus back, and by a press or focus elsewhere.

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
