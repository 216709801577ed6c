/*
 * The cards in the list of tasks say what is wrong in the user's language. Tasklist shows a variable as it is, and the
 * workers write English.
 */

import { explainer } from "./forms.js";
import { language } from "./texts.js";

const VALUES = "[cam-tasklist-variables] .variable-value";
const FIELD = /^\w+(\[\d+\])?(\.\w+)?: /;

let explaining;

const explained = (explain, text) =>
  text
    .split("\n")
    .map((line) => explain(line.trim().replace(FIELD, "")))
    .filter(Boolean)
    .join("\n");

/** Tasklist renders a card again whenever it refreshes the list, and adds the variables later. */
export async function showInLanguage(node, { api }) {
  if (language === "en") return;
  explaining ??= explainer(api);
  const explain = await explaining;
  const card = node.closest(".task-card-details");
  const translate = () => {
    for (const { firstChild: text } of card.querySelectorAll(VALUES)) {
      if (text?.nodeType !== Node.TEXT_NODE) continue;
      const words = explained(explain, text.nodeValue);
      if (words !== explained((line) => line, text.nodeValue)) text.nodeValue = words;
    }
  };
  new MutationObserver(translate).observe(card, { childList: true, subtree: true, characterData: true });
  translate();
}
