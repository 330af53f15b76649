// What scripts say, in the page's language. `_("Not sent: {reason}", { reason })`: the English text is the key;
// the page brings the other language's texts in <meta name="words">, where its language is not English.

const translated = JSON.parse(document.querySelector('meta[name="words"]')?.content || "{}");

export function _(text, values = {}) {
  return (translated[text] ?? text).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}
