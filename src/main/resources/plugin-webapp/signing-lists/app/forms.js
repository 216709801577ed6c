/* What the forms already know: their files are deployed with the process. */

import { language } from "./texts.js";

/** Runs a file of the forms, and returns what it defines. */
export async function ofForms(api, file, signing = {}) {
  const read = async (path) => (await fetch(api.engineApi + path)).json();
  const { deploymentId } = await read("/process-definition/key/signing-request");
  const resources = await read(`/deployment/${deploymentId}/resources`);
  const { id } = resources.find(({ name }) => name.endsWith(file));
  const code = await (await fetch(`${api.engineApi}/deployment/${deploymentId}/resources/${id}/data`)).text();
  new Function("signing", code)(signing);
  return signing;
}

/** Returns a function that says the sentences of the server in the user's language, or as they are. */
export async function explainer(api) {
  if (language === "en") return (sentence) => sentence;
  try {
    return (await ofForms(api, "signing-problems.js", { language })).explain;
  } catch {
    return (sentence) => sentence;
  }
}
