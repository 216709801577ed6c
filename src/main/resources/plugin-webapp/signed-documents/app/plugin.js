/*
 * Signed documents in Tasklist: a link in its header and the page that it opens. The page calls the API for integrators
 * with the user's session, so that users see only what the engine permits. Values become text nodes, never HTML.
 */

import { timeline } from "./timeline.js";

const PATH = "/signed-documents";
const PAGE_SIZE = 20;

const TEXTS = {
  en: {
    heading: "Signed documents",
    back: "Back to the tasks",
    search: "Reference",
    find: "Find",
    title: "Title",
    reference: "Reference",
    signedAt: "Signed",
    documents: "Documents",
    evidence: "Evidence",
    unproven: "Nothing proves that this was signed. Tell an administrator.",
    unverifiable: "This server cannot verify whether this was signed: a key is missing. Tell an administrator.",
    early: "{0} signed before documents were replaced on {1}.",
    someone: "Someone",
    loading: "Loading …",
    none: "There are no signed documents that you may see.",
    noMatch: "No signed request has exactly this reference. Enter it in full, with the same capital letters.",
    failed: "The list could not be loaded (HTTP {0}). Try again.",
    loggedOut: "You are no longer logged in: go back to the tasks and log in.",
    noResponse: "The server did not respond. Try again.",
    range: "{0}–{1} of {2}",
    newer: "Newer",
    older: "Older",
  },
  fi: {
    heading: "Allekirjoitetut asiakirjat",
    back: "Takaisin tehtäviin",
    search: "Viite",
    find: "Etsi",
    title: "Otsikko",
    reference: "Viite",
    signedAt: "Allekirjoitettu",
    documents: "Asiakirjat",
    evidence: "Todiste",
    unproven: "Mikään ei todista, että tämä on allekirjoitettu. Kerro ylläpitäjälle.",
    unverifiable: "Allekirjoitusta ei voi tarkistaa täällä: avain puuttuu. Kerro ylläpitäjälle.",
    early: "{0} allekirjoitti, ennen kuin asiakirjoja vaihdettiin {1}.",
    someone: "Joku",
    loading: "Haetaan …",
    none: "Asiakirjoja ei ole, tai sinulla ei ole oikeutta nähdä niitä.",
    noMatch: "Juuri tällä viitteellä ei löydy mitään allekirjoitettua. Anna viite kokonaan, isot ja pienet kirjaimet oikein.",
    failed: "Luetteloa ei voi näyttää (HTTP {0}). Yritä uudelleen.",
    loggedOut: "Istuntosi on päättynyt: palaa tehtäviin ja kirjaudu sisään.",
    noResponse: "Palvelin ei vastannut. Yritä uudelleen.",
    range: "{0}–{1} / {2}",
    newer: "Uudemmat",
    older: "Vanhemmat",
  },
  sv: {
    heading: "Undertecknade dokument",
    back: "Tillbaka till uppgifterna",
    search: "Referens",
    find: "Sök",
    title: "Rubrik",
    reference: "Referens",
    signedAt: "Undertecknad",
    documents: "Dokument",
    evidence: "Bevis",
    unproven: "Ingenting bevisar att detta har undertecknats. Kontakta en administratör.",
    unverifiable: "Underskriften kan inte kontrolleras här: en nyckel saknas. Kontakta en administratör.",
    early: "{0} undertecknade innan dokument byttes ut {1}.",
    someone: "Någon",
    loading: "Hämtar …",
    none: "Det finns inga, eller inga som du har behörighet att se.",
    noMatch: "Inget undertecknat har exakt den här referensen. Ange hela, med rätt stora och små bokstäver.",
    failed: "Listan kan inte visas (HTTP {0}). Försök igen.",
    loggedOut: "Du är inte längre inloggad: gå tillbaka till uppgifterna och logga in.",
    noResponse: "Servern svarade inte. Försök igen.",
    range: "{0}–{1} av {2}",
    newer: "Nyare",
    older: "Äldre",
  },
};

/* as in the forms: the first of the browser's languages that is supported here */
const locale = navigator.languages.find((tag) => tag.slice(0, 2).toLowerCase() in TEXTS) || "en";
const language = locale.slice(0, 2).toLowerCase();
const t = (key, ...values) => TEXTS[language][key].replace(/\{(\d)\}/g, (_, index) => values[index]);
const moment = (text) =>
  new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(text));

/* Calls of the API, which is on the same server as the web apps */

async function signedRequests(api, page, businessKey) {
  const address = new URL(api.engineApi.replace(/\/[^/]+\/api\/engine\/.*$/, "/api/signing-requests"), location.href);
  const wanted = { status: "signed", sort: "-endedAt", page, size: PAGE_SIZE, ...(businessKey && { businessKey }) };
  address.search = new URLSearchParams(wanted);
  const response = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (!response.ok) throw new Error(response.status === 401 ? t("loggedOut") : t("failed", response.status));
  return response.json();
}

/* Building the page */

function element(name, attributes, ...children) {
  const node = Object.assign(document.createElement(name), attributes);
  node.append(...children);
  return node;
}

const documentLink = ({ fileName, href }) => element("li", {}, element("a", { href, download: fileName }, fileName));

function evidenceLink({ fileName, href }, title) {
  const link = element("a", { href, download: fileName }, t("evidence"));
  link.setAttribute("aria-label", `${t("evidence")}: ${title ?? fileName}`);
  return element("li", {}, link);
}

/* a search finds requests that claim to be signed; the status of each row is verified */
function doubt(status) {
  if (status === "signed") return [];
  return [element("li", { className: "text-danger" }, t(status === "unverifiable" ? status : "unproven"))];
}

/* a signature of former documents counts for the current ones, so it is pointed out */
const earlySignatures = (signatures) =>
  signatures
    .filter(({ documentsReplacedAt }) => documentsReplacedAt)
    .map(({ signedBy, documentsReplacedAt }) =>
      element("li", { className: "text-warning" }, t("early", signedBy ?? t("someone"), moment(documentsReplacedAt))),
    );

const row = ({ href, title, businessKey, endedAt, status, signatures = [], signedDocuments, evidence }) =>
  element(
    "tr",
    {},
    element("td", {}, title ?? ""),
    element("td", {}, businessKey ?? ""),
    element("td", {}, moment(endedAt)),
    element(
      "td",
      {},
      element(
        "ul",
        {},
        ...doubt(status),
        ...earlySignatures(signatures),
        ...signedDocuments.map(documentLink),
        ...(evidence ? [evidenceLink(evidence, title)] : []),
        element("li", {}, timeline(href)),
      ),
    ),
  );

const table = (requests) =>
  element(
    "table",
    { className: "table" },
    element("thead", {}, element("tr", {}, ...["title", "reference", "signedAt", "documents"].map(head))),
    element("tbody", {}, ...requests.map(row)),
  );

const head = (key) => element("th", { scope: "col" }, t(key));

const button = (label, properties) =>
  element("button", { type: "button", className: "btn btn-default", ...properties }, label);

function pages({ page, size, total, links }, turn) {
  const last = Math.min((page + 1) * size, total);
  return element(
    "p",
    {},
    button(t("newer"), { disabled: !links.prev, onclick: () => turn(page - 1) }),
    ` ${t("range", page * size + 1, last, total)} `,
    button(t("older"), { disabled: !links.next, onclick: () => turn(page + 1) }),
  );
}

function showPage(node, { api }) {
  const list = element("div", { role: "status" });
  const reference = element("input", { id: "signed-reference", type: "search", className: "form-control" });
  let latest = 0;

  async function show(page) {
    const turn = ++latest;
    list.replaceChildren(t("loading"));
    let content;
    try {
      const wanted = reference.value.trim();
      const found = await signedRequests(api, page, wanted);
      const { signingRequests: requests } = found;
      content = requests.length ? [table(requests), pages(found, show)] : [t(wanted ? "noMatch" : "none")];
    } catch (failure) {
      content = [failure instanceof TypeError ? t("noResponse") : failure.message];
    }
    if (turn === latest) list.replaceChildren(...content);
  }

  const search = element(
    "form",
    { className: "form-inline", onsubmit: (event) => (event.preventDefault(), show(0)) },
    element("label", { htmlFor: reference.id }, t("search")),
    " ",
    reference,
    " ",
    button(t("find"), { type: "submit" }),
  );
  const back = element("p", {}, element("a", { href: "#/" }, t("back")));
  const heading = element("h2", {}, t("heading"));
  node.append(element("section", { className: "signed-documents", lang: language }, back, heading, search, list));
  show(0);
}

function showLink(node) {
  const icon = element("span", { className: "glyphicon glyphicon-ok" });
  icon.setAttribute("aria-hidden", "true");
  node.append(element("a", { href: `#${PATH}`, lang: language }, icon, ` ${t("heading")}`));
}

export default [
  { id: "signed-documents-action", pluginPoint: "tasklist.navbar.action", priority: 90, render: showLink },
  { id: "signed-documents", pluginPoint: "tasklist.route", properties: { path: PATH }, render: showPage },
];
