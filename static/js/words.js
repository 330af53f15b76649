// What scripts say, in the page's language. `_("Not sent: {reason}", { reason })`: the English text is the key;
// the page brings the other language's texts in <meta name="words">, where its language is not English.

const translated = JSON.parse(document.querySelector('meta[name="words"]')?.content || "{}");

export function _(text, values = {}) {
  return (translated[text] ?? text).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

// What an element says, as a sentence.
export function textOf(element) {
  const text = element.textContent.replace(/\s+/g, " ").trim();
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

// A sentence inside another one.
export function lower(text) {
  return text[0].toLowerCase() + text.slice(1);
}

// Words that were entered: the same question asked again (a hint, an empty answer) keeps what was entered.
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
