/*
 * Signed documents in Tasklist: a link in its header and the page that it opens. The page calls the API for integrators
 * with the user's session, so that users see only what the engine permits. Values become text nodes, never HTML.
 */

import { batch } from "./batch.js";
import { timeline } from "./timeline.js";

const PATH = "/signed-documents";
const PAGE_SIZE = 20;
const SOON = 3000;
const RENEWALS = 3;

const TEXTS = {
  en: {
    heading: "Signed documents",
    openRequests: "Open requests",
    back: "Back to the tasks",
    show: "Show",
    signed: "Signed",
    awaiting: "Waiting for signatures",
    sentAt: "Sent",
    select: "Select: {0}",
    selectAll: "Select all on this page",
    noRequests: "There are no such requests that you may see.",
    selected: "Selected: {0}",
    download: "Download as ZIP",
    check: "Check now",
    remind: "Remind",
    cancel: "Cancel the requests",
    sureCheck: "Requests to check in SignSpace: {0}.",
    sureRemind: "Requests whose missing signers are reminded: {0}.",
    sureCancel: "Requests to cancel: {0}. They can no longer be signed.",
    impossible: "Not possible for {0}:",
    confirm: "Yes, continue",
    decline: "No",
    progress: "{0} of {1}",
    requested: "Requested: {0}. The list shows the result in a moment.",
    search: "Title or reference",
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
    noMatch: "No signed request has this in its title, or exactly this reference, with the same capital letters.",
    failed: "The list could not be loaded (HTTP {0}). Try again.",
    loggedOut: "You are no longer logged in: go back to the tasks and log in.",
    noResponse: "The server did not respond. Try again.",
    range: "{0}–{1} of {2}",
    newer: "Newer",
    older: "Older",
  },
  fi: {
    heading: "Allekirjoitetut asiakirjat",
    openRequests: "Avoimet pyynnöt",
    back: "Takaisin tehtäviin",
    show: "Näytä",
    signed: "Allekirjoitetut",
    awaiting: "Allekirjoituksia odottavat",
    sentAt: "Lähetetty",
    select: "Valitse: {0}",
    selectAll: "Valitse kaikki tällä sivulla",
    noRequests: "Tällaisia pyyntöjä ei ole, tai sinulla ei ole oikeutta nähdä niitä.",
    selected: "Valittu: {0}",
    download: "Lataa ZIP-tiedostona",
    check: "Tarkista nyt",
    remind: "Muistuta",
    cancel: "Peru pyynnöt",
    sureCheck: "SignSpacessa tarkistettavia pyyntöjä: {0}.",
    sureRemind: "Pyyntöjä, joiden puuttuvia allekirjoittajia muistutetaan: {0}.",
    sureCancel: "Peruttavia pyyntöjä: {0}. Kukaan ei voi enää allekirjoittaa niitä.",
    impossible: "Ei onnistu, {0}:",
    confirm: "Kyllä, jatka",
    decline: "Ei",
    progress: "{0} / {1}",
    requested: "Pyydetty: {0}. Luettelo näyttää tuloksen hetken kuluttua.",
    search: "Otsikko tai viite",
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
    noMatch: "Minkään allekirjoitetun pyynnön otsikossa ei ole tätä, eikä viite ole juuri tämä, isot ja pienet kirjaimet oikein.",
    failed: "Luetteloa ei voi näyttää (HTTP {0}). Yritä uudelleen.",
    loggedOut: "Istuntosi on päättynyt: palaa tehtäviin ja kirjaudu sisään.",
    noResponse: "Palvelin ei vastannut. Yritä uudelleen.",
    range: "{0}–{1} / {2}",
    newer: "Uudemmat",
    older: "Vanhemmat",
  },
  sv: {
    heading: "Undertecknade dokument",
    openRequests: "Öppna begäranden",
    back: "Tillbaka till uppgifterna",
    show: "Visa",
    signed: "Undertecknade",
    awaiting: "Väntar på underskrifter",
    sentAt: "Skickad",
    select: "Välj: {0}",
    selectAll: "Välj alla på sidan",
    noRequests: "Det finns inga sådana begäranden, eller inga som du har behörighet att se.",
    selected: "Valda: {0}",
    download: "Ladda ner som ZIP",
    check: "Kontrollera nu",
    remind: "Påminn",
    cancel: "Återkalla begärandena",
    sureCheck: "Begäranden att kontrollera i SignSpace: {0}.",
    sureRemind: "Begäranden vars undertecknare påminns: {0}.",
    sureCancel: "Begäranden att återkalla: {0}. Ingen kan längre underteckna dem.",
    impossible: "Inte möjligt för {0}:",
    confirm: "Ja, fortsätt",
    decline: "Nej",
    progress: "{0} av {1}",
    requested: "Begärt: {0}. Listan visar resultatet om en stund.",
    search: "Rubrik eller referens",
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
    noMatch: "Ingen undertecknad begäran har detta i rubriken, eller exakt denna referens med rätt stora och små bokstäver.",
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

const addressOf = (api, path = "") =>
  new URL(api.engineApi.replace(/\/[^/]+\/api\/engine\/.*$/, `/api/signing-requests${path}`), location.href);

async function call(address, options) {
  const response = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store", ...options });
  if (!response.ok) throw new Error(response.status === 401 ? t("loggedOut") : t("failed", response.status));
  return response.json();
}

function requestsOf(api, status, page, search) {
  const address = addressOf(api);
  const sort = status === "signed" ? "-endedAt" : "-startedAt";
  address.search = new URLSearchParams({ status, sort, page, size: PAGE_SIZE, ...(search && { search }) });
  return call(address);
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

function tick(label, properties) {
  const box = element("input", { type: "checkbox", ...properties });
  box.setAttribute("aria-label", label);
  return box;
}

const row = ({ id, href, title, businessKey, startedAt, endedAt, status, signatures = [], signedDocuments, evidence }) =>
  element(
    "tr",
    {},
    element("td", {}, tick(t("select", title ?? businessKey ?? id), { value: id })),
    element("td", {}, title ?? ""),
    element("td", {}, businessKey ?? ""),
    element("td", {}, moment(endedAt ?? startedAt)),
    element(
      "td",
      {},
      element(
        "ul",
        {},
        ...(endedAt ? doubt(status) : []),
        ...earlySignatures(signatures),
        ...signedDocuments.map(documentLink),
        ...(evidence ? [evidenceLink(evidence, title)] : []),
        element("li", {}, timeline(href)),
      ),
    ),
  );

function table(requests, status) {
  const heads = ["title", "reference", status === "signed" ? "signedAt" : "sentAt", "documents"];
  const body = element("tbody", {}, ...requests.map(row));
  for (const { cells } of body.rows) heads.forEach((key, index) => (cells[index + 1].dataset.label = t(key)));
  const all = tick(t("selectAll"), {
    onchange: () => {
      for (const box of body.querySelectorAll("input")) box.checked = all.checked;
    },
  });
  const tickAll = element("td", {}, all);
  tickAll.dataset.label = t("selectAll");
  return element(
    "table",
    { className: "table" },
    element("thead", {}, element("tr", {}, tickAll, ...heads.map(head))),
    body,
  );
}

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
  const says = element("div", { role: "status", className: "says" });
  const reference = element("input", { id: "signed-reference", type: "search", className: "form-control" });
  const state = element(
    "select",
    { id: "signed-state", className: "form-control", onchange: () => find() },
    ...["signed", "awaiting"].map((value) => element("option", { value }, t(value))),
  );
  let latest = 0;

  async function show(page, isRenewed = false) {
    const turn = ++latest;
    if (!isRenewed) list.replaceChildren(t("loading"));
    let content;
    try {
      const wanted = reference.value.trim();
      const status = state.value;
      heading.textContent = t(status === "signed" ? "heading" : "openRequests");
      const found = await requestsOf(api, status, page, wanted);
      const { signingRequests: requests } = found;
      const rows = table(requests, status);
      const actions = batch({
        rows,
        isSigned: status === "signed",
        addressOf: (path) => addressOf(api, path),
        call,
        says,
        changed: () => (show(page), renew(page)),
        t,
      });
      const nothing = status === "signed" ? t(wanted ? "noMatch" : "none") : t("noRequests");
      content = requests.length ? [rows, actions, pages(found, show)] : [nothing];
    } catch (failure) {
      content = [failure instanceof TypeError ? t("noResponse") : failure.message];
    }
    if (turn === latest) list.replaceChildren(...content);
  }

  /** Shows the same page again while results of an action arrive, unless the user has gone on. */
  function renew(page, times = RENEWALS) {
    const shown = latest;
    window.setTimeout(() => {
      if (latest !== shown || !list.isConnected || list.querySelector("tbody input:checked")) return;
      show(page, true);
      if (times > 1) renew(page, times - 1);
    }, SOON);
  }

  function find() {
    says.replaceChildren();
    show(0);
  }

  const search = element(
    "form",
    { className: "form-inline", onsubmit: (event) => (event.preventDefault(), find()) },
    element("label", { htmlFor: reference.id }, t("search")),
    " ",
    reference,
    " ",
    element("label", { htmlFor: state.id }, t("show")),
    " ",
    state,
    " ",
    button(t("find"), { type: "submit" }),
  );
  // Tasklist itself would keep its former order
  const back = element("p", {}, element("a", { href: "./", target: "_self" }, t("back")));
  const heading = element("h2", {}, t("heading"));
  node.append(element("section", { className: "signed-documents", lang: language }, back, heading, search, list, says));
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
