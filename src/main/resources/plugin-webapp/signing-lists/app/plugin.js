/*
 * Lists of requests in Tasklist: a link in its header and the page that it opens. The page calls the API for integrators
 * with the user's session, so that users see and do only what the engine permits. Values become text nodes, never HTML.
 */

import { showInLanguage } from "./cards.js";
import { decoded, parsed, written } from "./csv.js";
import { explainer, ofForms } from "./forms.js";
import { language, moment, t } from "./texts.js";

const PATH = "/signing-lists";
const EVERY = 2000;
const MAX_WARNINGS = 100;
const CODE = /^signer[0-9]+Nin$/;
const TEMPLATE = [
  ["businessKey", "title", "signer1", "signer1Name", "document", "dueDate"],
  ["lease-1", "Lease A 1", "anna@example.com", "Anna Andersson", "", ""],
];

/* Calls of the API, which is on the same server as the web apps */

const addressOf = (api, path) => api.engineApi.replace(/\/[^/]+\/api\/engine\/.*$/, `/api/${path}`);

async function call(api, path, options) {
  let response;
  try {
    response = await fetch(addressOf(api, path), {
      headers: { Accept: "application/json" },
      cache: "no-store",
      ...options,
    });
  } catch {
    throw new Error(t("noResponse"));
  }
  if (response.status === 401) throw new Error(t("loggedOut"));
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw Object.assign(new Error(body.detail ?? t("failedCall", response.status)), body);
  return body;
}

/** Encrypts the identity codes of a table; they never leave the browser in clear. */
async function encryptCodes(api, { rows }) {
  const columns = rows[0].flatMap((name, column) => (CODE.test(name.trim()) ? [column] : []));
  const isPlain = (cell = "") => cell.trim() && !/^[\w-]+(\.[\w-]*){4}$/.test(cell.trim());
  const places = rows.slice(1).flatMap((row) => columns.filter((c) => isPlain(row[c])).map((column) => ({ row, column })));
  if (!places.length) return;
  if (!window.isSecureContext) throw new Error(t("noSecureContext"));
  try {
    const signing = await ofForms(api, "signing-encryption.js");
    const [key] = (await call(api, "keys")).keys;
    for (const { row, column } of places) row[column] = await signing.encrypt(row[column].trim().toUpperCase(), key);
  } catch (cause) {
    throw new Error(t("notEncrypted"), { cause });
  }
}

/* Building the page */

function element(name, attributes, ...children) {
  const node = Object.assign(document.createElement(name), attributes);
  node.append(...children);
  return node;
}

const button = (label, onclick, properties) =>
  element("button", { type: "button", className: "btn btn-default", onclick, ...properties }, label);

const field = (label, input) =>
  element("div", { className: "form-group" }, element("label", { htmlFor: input.id }, label), input);

function headed(keys, rows) {
  for (const { cells } of rows) keys.forEach((key, index) => (cells[index].dataset.label = t(key)));
  return element(
    "table",
    { className: "table" },
    element("thead", {}, element("tr", {}, ...keys.map((key) => element("th", { scope: "col" }, t(key))))),
    element("tbody", {}, ...rows),
  );
}

const cells = (...contents) => element("tr", {}, ...contents.map((content) => element("td", {}, content)));

const link = (href, label) => element("a", { href, className: "btn btn-default", download: "" }, label);

function template() {
  const content = new Blob(["\uFEFF", written({ delimiter: ";", rows: TEMPLATE })], { type: "text/csv" });
  return element("a", { href: URL.createObjectURL(content), download: "list.csv" }, t("template"));
}

/** The form, and what the server says about the list. */
function upload(api, lists, follow) {
  const list = element("input", { id: "lists-list", type: "file", accept: ".csv,.txt,.xlsx" });
  const documents = element("input", { id: "lists-documents", type: "file", multiple: true });
  const corrects = element(
    "select",
    { id: "lists-corrects", className: "form-control" },
    element("option", { value: "" }, t("newList")),
    ...lists.map(({ id, startedAt, rows }) =>
      element("option", { value: id }, `${moment(startedAt)}, ${t("rows")}: ${rows}`),
    ),
  );
  const says = element("div", { role: "status", className: "says" });
  let table = null;
  let hidesCodes = false;
  list.onchange = async () => {
    table = null;
    const [file] = list.files;
    const text = file && decoded(new Uint8Array(await file.arrayBuffer()));
    if (text) table = parsed(text);
    hidesCodes = Boolean(text && !table && /signer[0-9]+Nin/.test(text));
  };

  async function send(options, shown = says) {
    if (hidesCodes) throw new Error(t("notEncrypted"));
    const form = new FormData();
    if (table) {
      shown.replaceChildren(t("encrypting"));
      await encryptCodes(api, table);
      form.append("list", new Blob(["\uFEFF", written(table)], { type: "text/csv" }), list.files[0].name);
    } else {
      form.append("list", list.files[0]);
    }
    for (const file of documents.files) form.append("documents", file);
    const all = { ...options, ...(corrects.value && { list: corrects.value }) };
    form.append("options", new Blob([JSON.stringify(all)], { type: "application/json" }));
    shown.replaceChildren(t(options.preview ? "checking" : "sending"));
    return call(api, "bulk", { method: "POST", body: form });
  }

  /** An error of a CSV file is corrected where it is shown. */
  function correction({ row, column, value }) {
    const cell = table?.rows[row - table.firstNumber];
    const place = table?.rows[0].findIndex((name) => name.replace("\uFEFF", "").trim() === column) ?? -1;
    if (!cell || place < 0 || row === table.firstNumber || CODE.test(column)) return value;
    const input = element("input", { className: "form-control", value: cell[place] ?? "" });
    input.setAttribute("aria-label", t("correction", row, column));
    input.oninput = () => {
      while (cell.length <= place) cell.push("");
      cell[place] = input.value;
    };
    return input;
  }

  const errorTable = (errors, explain, valueOf = correction) =>
    headed(
      ["row", "column", "value", "detail"],
      errors.map((error) => cells(String(error.row || ""), error.column, valueOf(error), explain(error.detail))),
    );

  /** @param choices what the clerk has chosen about rows with errors, as options of the API */
  async function check(choices) {
    if (!list.files.length || !documents.files.length) {
      says.replaceChildren(element("p", { className: "text-danger" }, t("choose")));
      return;
    }
    try {
      const preview = await send({ preview: true, ...choices });
      const { approved, rows, people, documents: count, alreadySent, warnings = [], errors = [] } = preview;
      const explain = await explainer(api);
      says.replaceChildren(
        element("p", { className: "lead" }, t("preview", rows, people, count, alreadySent)),
        ...(errors.length ? [element("p", {}, t("omitted", new Set(errors.map(({ row }) => row)).size))] : []),
        ...(warnings.length ? [element("p", { className: "text-warning" }, t("warnings", warnings.length))] : []),
        ...(warnings.length ? [errorTable(warnings.slice(0, MAX_WARNINGS), explain, ({ value }) => value)] : []),
        trial(choices),
        button(t("send"), () => start({ approved, ...choices }), { className: "btn btn-primary send" }),
      );
    } catch (failure) {
      await refused(failure);
    }
  }

  /** A row that only the user gets, while the list waits. */
  function trial(choices) {
    const first = (table?.firstNumber ?? 1) + 1;
    const row = element("input", { id: "lists-trial", type: "number", min: first, value: first, className: "form-control" });
    const result = element("span", { role: "status" });
    const submit = button(t("sendTrial"), null, { type: "submit" });
    const onsubmit = async (event) => {
      event.preventDefault();
      submit.disabled = true;
      try {
        const { title } = await send({ ...choices, trial: Number(row.value) }, result);
        result.replaceChildren(t("trialSent", title));
      } catch (failure) {
        const explain = await explainer(api);
        const sentence = explain(failure.errors?.[0].detail ?? failure.message);
        result.replaceChildren(element("span", { className: "text-danger" }, sentence));
      }
      submit.disabled = false;
    };
    const label = element("label", { htmlFor: row.id }, t("trial"));
    return element("form", { className: "form-inline trial", onsubmit }, label, " ", row, " ", submit, " ", result);
  }

  async function start(options) {
    try {
      const { id } = await send(options);
      follow(id);
    } catch (failure) {
      await refused(failure);
    }
  }

  async function refused(failure) {
    const explain = await explainer(api);
    if (!failure.errors) {
      says.replaceChildren(element("p", { className: "text-danger" }, explain(failure.message)));
      return;
    }
    const valid = element("input", { type: "checkbox", id: "lists-valid" });
    const repeat = element("input", { type: "checkbox", id: "lists-repeat" });
    const isOfRows = failure.errors.every(({ row }) => row > 1);
    const isSent = failure.errors.some(({ detail }) => detail.includes("options.repeatKeys"));
    const choice = (box, label) => element("p", {}, element("label", {}, box, ` ${label}`));
    says.replaceChildren(
      element("p", { className: "text-danger" }, t("errors", failure.errors.length)),
      errorTable(failure.errors, explain),
      ...(isOfRows ? [choice(valid, t("validRows"))] : []),
      ...(isSent ? [choice(repeat, t("repeatKeys"))] : []),
      button(t("check"), () => check({ sendValidRows: valid.checked, repeatKeys: repeat.checked }), { className: "btn btn-primary check-again" }),
    );
  }

  const submit = button(t("check"), null, { type: "submit", className: "btn btn-primary" });
  return element(
    "div",
    {},
    element(
      "form",
      { onsubmit: (event) => (event.preventDefault(), check({})) },
      field(t("list"), list),
      element("p", {}, template()),
      field(t("documents"), documents),
      ...(lists.length ? [field(t("corrects"), corrects)] : []),
      submit,
    ),
    says,
  );
}

const COUNTS = {
  rows: "rows",
  sent: "sent",
  signed: "signed",
  declined: "declined",
  cancelled: "cancelledRequests",
  failed: "failed",
  open: "open",
};

const statusText = (status) => t(status === "sending" ? "statusSending" : status);

/** The progress of a list, renewed as long as it is shown. */
function progress(api, id, another) {
  const status = element("p", { className: "lead" });
  const bar = element("progress", { max: 1, value: 0 });
  bar.setAttribute("aria-label", t("sent"));
  const numbers = Object.fromEntries(Object.keys(COUNTS).map((name) => [name, element("dd")]));
  const counts = element(
    "dl",
    {},
    ...Object.entries(COUNTS).map(([name, key]) =>
      element("div", { className: name }, element("dt", {}, t(key)), numbers[name]),
    ),
  );
  const says = element("p", { className: "text-danger", role: "alert" });
  const actions = element("div", { className: "actions" });
  const node = element("div", { className: "follow" }, status, bar, counts, actions, says);
  let isCancelling = false;

  const act = (action) => async () => {
    says.textContent = "";
    for (const one of Object.values(buttons)) one.disabled = true;
    try {
      show(await call(api, `bulk/${id}/${action}`, { method: "POST" }));
    } catch (failure) {
      says.textContent = failure.message;
    }
    for (const one of Object.values(buttons)) one.disabled = false;
  };
  const sure = (action) => () => window.confirm(t("sure")) && action();
  const buttons = {
    pause: button(t("pause"), act("pause")),
    resume: button(t("resume"), act("resume")),
    retry: button(t("retry"), act("retry")),
    cancel: button(t("cancel"), sure(act("cancel"))),
    cancelRequests: button(
      t("cancelRequests"),
      sure(() => ((isCancelling = true), act("cancel-requests")())),
    ),
  };
  Object.entries(buttons).forEach(([name, one]) => one.classList.add(name));
  actions.append(
    ...Object.values(buttons),
    link(addressOf(api, `bulk/${id}/result`), t("result")),
    link(addressOf(api, `bulk/${id}/documents`), t("zip")),
    button(t("another"), another),
  );

  function show(view) {
    says.textContent = "";
    Object.assign(bar, { max: view.rows, value: view.sent });
    Object.entries(numbers).forEach(([name, number]) => (number.textContent = view[name]));
    const isUnsent = view.sent + view.failed < view.rows;
    const isGoing = ["ready", "sending"].includes(view.status);
    status.textContent = isGoing && !isUnsent ? t("allSent") : statusText(view.status);
    buttons.pause.hidden = !isGoing || !isUnsent;
    buttons.resume.hidden = view.status !== "paused";
    buttons.cancel.hidden = !(isGoing || view.status === "paused") || !isUnsent;
    buttons.cancelRequests.hidden = !view.open || (isGoing && isUnsent);
    buttons.retry.hidden = !view.failed;
    if (!view.open) isCancelling = false;
  }

  async function renew() {
    try {
      const address = isCancelling ? `bulk/${id}/cancel-requests` : `bulk/${id}`;
      show(await call(api, address, { method: isCancelling ? "POST" : "GET" }));
    } catch (failure) {
      says.textContent = failure.message;
    }
    if (node.isConnected) window.setTimeout(renew, EVERY);
  }
  window.setTimeout(renew);
  return node;
}

const newest = (lists, follow) =>
  element(
    "section",
    {},
    element("h3", {}, t("newest")),
    headed(
      ["startedAt", "startedBy", "rows", "status"],
      lists.map(({ id, startedAt, startedBy, rows, status }) =>
        cells(
          button(moment(startedAt), () => follow(id), { className: "btn btn-link" }),
          startedBy ?? "–",
          String(rows),
          statusText(status),
        ),
      ),
    ),
  );

function showPage(node, { api }) {
  const content = element("div");
  const follow = (id) => content.replaceChildren(progress(api, id, begin));
  async function begin() {
    const { lists } = await call(api, "bulk").catch((failure) => ({ lists: [], failure }));
    content.replaceChildren(upload(api, lists, follow), ...(lists.length ? [newest(lists, follow)] : []));
  }
  // Tasklist itself would keep its former order
  const back = element("p", {}, element("a", { href: "./", target: "_self" }, t("back")));
  const heading = element("h2", {}, t("heading"));
  node.append(element("section", { className: "signing-lists", lang: language }, back, heading, content));
  begin();
}

function showLink(node) {
  const icon = element("span", { className: "glyphicon glyphicon-list" });
  icon.setAttribute("aria-hidden", "true");
  node.append(element("a", { href: `#${PATH}`, lang: language }, icon, ` ${t("heading")}`));
}

export default [
  { id: "signing-lists-action", pluginPoint: "tasklist.navbar.action", priority: 80, render: showLink },
  { id: "signing-lists-card", pluginPoint: "tasklist.card", render: showInLanguage },
  { id: "signing-lists", pluginPoint: "tasklist.route", properties: { path: PATH }, render: showPage },
];
