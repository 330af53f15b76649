// Rows of a form: one more, one less, and keys that go from row to row. Without scripts the form's buttons do it
// by loading the page.
//
// Markup: [data-rows] whose value begins the names in its rows ("evidence": "evidence-0-source"), data-called what
// a row is called ("Answer {number}"); button[data-add-row] with the same value; button[data-drop-row] in a row.

const NUMBERED = ["id", "name", "for", "value", "aria-describedby"];

export class FormRows {
  constructor(form, changed) {
    this.form = form;
    this.changed = changed;
    form.addEventListener("keydown", (event) => this.pressed(event));
    form.addEventListener("paste", (event) => this.pasted(event));
  }

  // Whether a button of rows was pressed; its rows are then changed.
  pressing(button) {
    if (button?.hasAttribute("data-add-row")) this.add(this.rows(button.dataset.addRow));
    else if (button?.hasAttribute("data-drop-row")) this.drop(button.closest("[data-rows] > *"));
    else return false;
    return true;
  }

  rows(name) {
    return this.form.querySelector(`[data-rows="${name}"]`);
  }

  // The last row again, empty.
  add(rows, focus = true) {
    const row = rows.lastElementChild.cloneNode(true);
    for (const details of row.querySelectorAll("details")) details.open = true;
    for (const error of row.querySelectorAll(".error")) error.remove();
    empty(row);
    rows.append(row);
    number(rows);
    if (focus) row.querySelector("select, input:not([type=radio], [type=checkbox], [type=hidden]), textarea").focus();
    return row;
  }

  drop(row) {
    const rows = row.parentElement;
    const next = row.nextElementSibling ?? row.previousElementSibling;
    if (!next) empty(row);
    else row.remove();
    number(rows);
    (next ?? row).querySelector("[data-drop-row]").focus();
    this.changed();
  }

  // As many rows as were kept.
  resize(rows, count) {
    while (rows.children.length < count) this.add(rows, false);
    while (rows.children.length > Math.max(count, 1)) rows.lastElementChild.remove();
  }

  // Enter in a line goes to the same line of the next row: it must not save.
  pressed(event) {
    const line = event.target;
    const row = line.closest("[data-rows] > .entry");
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey || !row || !line.matches("input[type=text]")) return;
    event.preventDefault();
    const next = row.nextElementSibling ?? this.add(row.parentElement, false);
    next.querySelector(`.${line.className}`).focus();
  }

  // Several lines pasted into a line of a row fill as many rows.
  pasted(event) {
    const line = event.target;
    let row = line.closest("[data-rows] > .entry");
    const lines = (event.clipboardData?.getData("text/plain") ?? "").split(/\r\n|\r|\n/).map((each) => each.trim()).filter(Boolean);
    if (!row || !line.matches("input[type=text]") || lines.length < 2) return;
    event.preventDefault();
    const [first, ...others] = lines;
    line.setRangeText(first, line.selectionStart, line.selectionEnd, "end");
    for (const text of others) {
      do row = row.nextElementSibling ?? this.add(row.parentElement, false);
      while (row.querySelector(`.${line.className}`).value);
      row.querySelector(`.${line.className}`).value = text;
    }
    row.querySelector(`.${line.className}`).focus();
    this.changed();
  }
}

function empty(row) {
  for (const control of row.querySelectorAll("input, select, textarea")) {
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-describedby");
    if (control.matches("[type=radio], [type=checkbox]")) control.checked = false;
    else if (control.matches("select")) control.selectedIndex = 0;
    else control.value = "";
  }
}

// Names, ids and values of ticks follow the place of each row.
function number(rows) {
  const pattern = new RegExp(`^${rows.dataset.rows}-\\d+`);
  [...rows.children].forEach((row, place) => {
    for (const part of row.querySelectorAll("*")) {
      for (const name of NUMBERED) {
        const value = part.getAttribute(name);
        if (value && pattern.test(value)) part.setAttribute(name, value.replace(pattern, `${rows.dataset.rows}-${place}`));
      }
      if (part.matches("[type=radio], [type=checkbox]")) part.value = String(place);
    }
    row.setAttribute("aria-label", rows.dataset.called.replace("{number}", place + 1));
  });
}
