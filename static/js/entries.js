// The same question asked again (a hint, an empty answer) keeps what was entered.
export function keepEntries(before, after) {
  const asked = (form) => form.querySelector("#stem")?.textContent;
  if (!after || asked(before) !== asked(after)) return;
  for (const element of before.elements) {
    if (!element.name || element.type === "hidden" || element.type === "submit") continue;
    const same = [...after.elements].filter((other) => other.name === element.name && other.type === element.type);
    if (element.type === "radio" || element.type === "checkbox") {
      for (const other of same) if (other.value === element.value) other.checked = element.checked;
    } else if (same[0]) {
      same[0].value = element.value;
    }
  }
}
