/*
 * Signing requests in Cockpit: a tab on each instance, and five sections on the dashboard. All data comes from the
 * REST APIs of the engine and the product with the user's session, so that users see and do only what the engine permits. Values become text
 * nodes, never HTML.
 */

const PROCESS = "signing-request";
const LIST_PROCESS = "bulk-signing";
const SWEEP = "signing-status-sweep";
const TOPICS = "signspace.";
/** Steps that send something else than calls to SignSpace. */
const OTHER_TOPICS = /\.(tellWebhook|addressMail|sendMail|sendRows)$/;
const LATEST = 20;
const MAX_FOUND = 50;
const MAX_INCIDENTS = 1000;
const REFRESH = 5000;

const OUTCOMES = {
  signed: "Signed",
  cancelled: "Cancelled",
  abandoned: "Abandoned",
  unproven: "Not proven",
  unverifiable: "Cannot be verified: key missing",
  removed: "Ended by an admin",
};

const LIST_STATUS = {
  ready: "Ready",
  sending: "Being sent and signed",
  paused: "Paused",
  done: "Done",
  cancelled: "Cancelled",
};

const STEPS = {
  "Awaiting signatures": ["userTask_manageSigning"],
  "Need a decision": ["userTask_decideCancelled", "userTask_resolveProblem"],
  "Need correction": ["userTask_correctRequest"],
};

/* Calls of the engine */

class HttpError extends Error {
  constructor(status, message) {
    super(status === 403 ? "you lack a permission in the engine" : message || `HTTP ${status}`);
  }
}

async function send(api, method, path, body) {
  const response = await fetch(api.engineApi + path, {
    method,
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      "X-XSRF-TOKEN": api.CSRFToken,
    },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  const result = text && (response.headers.get("Content-Type") ?? "").includes("json") ? JSON.parse(text) : {};
  if (!response.ok) {
    throw new HttpError(response.status, result.message);
  }
  return result;
}

const get = (api, path, parameters = {}) => send(api, "GET", `${path}?${new URLSearchParams(parameters)}`);

/* How the API reports a request: its variables alone prove nothing, since users may have written them */

const reports = new Map();

async function fetchReport(api, path) {
  const address = api.engineApi.replace(/\/[^/]+\/api\/engine\/.*$/, `/api/${path}`);
  const response = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (!response.ok) throw new HttpError(response.status);
  return response.json();
}

/** Fetches the report of an ended request only once, since it no longer changes. */
async function reported(api, { id, endTime }) {
  if (!endTime || !reports.has(id)) {
    reports.set(id, fetchReport(api, `signing-requests/${encodeURIComponent(id)}`));
  }
  try {
    const report = await reports.get(id);
    return {
      report,
      title: report.title ?? "",
      outcome: endTime ? OUTCOMES[report.status] ?? report.status : "Running",
      doubt: endTime ? report.problem : "",
      documents: report.signedDocuments,
      evidence: report.evidence,
    };
  } catch (failure) {
    reports.delete(id);
    return { title: "", outcome: `Unknown (${failure.message})`, documents: [] };
  }
}

/** SignSpace counts signatures of former documents for the current ones. */
const earlySignatures = (report) =>
  (report?.signatures ?? [])
    .filter((given) => given.documentsReplacedAt)
    .map(
      ({ signedBy, documentsReplacedAt }) =>
        `${signedBy ?? "Someone"} signed before documents were replaced on ${moment(documentsReplacedAt)}.`
    );

/* What has happened to a request: the view of Tasklist's plugin, kept while its request is shown, so that it stays open */

const TIMELINE = new URL("../../../../../tasklist/plugin/signed-documents/static/app/timeline.js", import.meta.url);
let shownTimeline;

async function timelineOf(report) {
  if (!report) return null;
  if (shownTimeline?.href !== report.href) {
    try {
      const { timeline } = await import(TIMELINE);
      shownTimeline = { href: report.href, node: timeline(report.href, ["en"]) };
    } catch {
      return null;
    }
  }
  return shownTimeline.node;
}

/* Building the page */

function element(name, ...children) {
  const node = document.createElement(name);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function table(heads, rows) {
  const node = element(
    "table",
    element("thead", element("tr", ...heads.map((head) => element("th", head)))),
    element("tbody", ...rows.map((row) => element("tr", ...row.map((cell) => element("td", cell)))))
  );
  node.className = "table table-condensed signspace-table";
  return node;
}

function details(pairs) {
  const node = element("dl");
  node.className = "signspace-details";
  pairs
    .filter(([, value]) => value !== "" && value !== null && value !== undefined)
    .forEach(([name, value]) => node.append(element("dt", name), element("dd", value)));
  return node;
}

function button(label, action, report) {
  const node = element("button", label);
  node.type = "button";
  node.className = "btn btn-default btn-sm";
  node.addEventListener("click", async () => {
    node.disabled = true;
    report("…");
    try {
      report(await action());
    } catch (failure) {
      report(`${label}: ${failure.message}`);
    } finally {
      node.disabled = false;
    }
  });
  return node;
}

function createStatusLine() {
  const node = element("p");
  node.setAttribute("role", "status");
  return [node, (text) => node.replaceChildren(text)];
}

const isWebAddress = (text) => /^https?:\/\//i.test(text);

function link(label, address) {
  const node = element("a", label);
  node.href = address;
  return node;
}

function externalLink(label, address) {
  const node = link(label, address);
  node.target = "_blank";
  node.rel = "noopener noreferrer";
  return node;
}

const instanceLink = (label, id) => link(label || id, `#/process-instance/${encodeURIComponent(id)}/runtime`);
const moment = (text) => (text ? new Date(text).toLocaleString() : "");

/** Shows the result of `load` now and every few seconds until it is stopped. */
function live(node, load) {
  let isShown = true;
  async function show() {
    try {
      const content = await load(show);
      if (isShown) node.replaceChildren(...content);
    } catch (failure) {
      if (isShown) node.replaceChildren(`This could not be loaded (${failure.message}).`);
    }
  }
  show();
  const timer = setInterval(() => document.hidden || node.contains(document.activeElement) || show(), REFRESH);
  return () => {
    isShown = false;
    clearInterval(timer);
  };
}

/** A plugin whose section is refreshed for as long as Cockpit shows it. */
function section({ title, load, ...plugin }) {
  const shown = [];
  return {
    ...plugin,
    render(node, context) {
      const content = element("div", "Loading …");
      node.append(...(title ? [element("h3", title)] : []), content);
      shown.push(live(content, (show) => load(context, show)));
    },
    unmount() {
      shown.splice(0).forEach((stop) => stop());
    },
  };
}

/* One request, running or ended */

async function variablesOf(api, instance, hasEnded) {
  const all = hasEnded
    ? await get(api, "/history/variable-instance", { processInstanceId: instance, deserializeValues: false })
    : await get(api, "/variable-instance", { processInstanceIdIn: instance, deserializeValues: false });
  const values = Object.fromEntries(
    all.filter((variable) => variable.executionId === instance).map((variable) => [variable.name, variable])
  );
  return {
    has: (name) => name in values,
    text: (name) => String(values[name]?.value ?? ""),
    list: (name) => {
      try {
        const list = JSON.parse(values[name]?.value ?? "[]");
        return Array.isArray(list) ? list : [];
      } catch {
        return [];
      }
    },
  };
}

const signingState = (variables) => {
  const status = variables.text("signingStatus");
  const phase = variables.text("signingPhase");
  return status ? `${status} (${phase || "unknown"})` : "not in SignSpace yet";
};

const handleKey = (handle) => handle.normalize("NFC").toLowerCase();

/** The signers that the request was sent to; variables are used only before sending, and in processes of analysts. */
function signers(variables, report) {
  const signatures = (report ? report.signatures : variables.list("signatures")) ?? [];
  const signedBy = (handle) =>
    signatures.find((given) => handleKey(String(given?.signedBy ?? "")) === handleKey(handle));
  return (report?.participants ?? variables.list("participants")).map((participant) => {
    const handle = String(participant?.handle ?? "");
    const isSigner = String(participant?.role ?? "").toLowerCase() === "signer";
    const given = signedBy(handle);
    return [
      String(participant?.displayName ?? participant?.display_name ?? ""),
      handle,
      isSigner ? "signs" : "watches",
      !isSigner ? "" : given ? signed(given) : "not yet",
    ];
  });
}

const signed = ({ signedAt, documentsReplacedAt }) =>
  `signed ${moment(signedAt)}${documentsReplacedAt ? `, before documents were replaced on ${moment(documentsReplacedAt)}` : ""}`;

function outcomeOf(entry) {
  if (entry.creationLog) return "due";
  if (entry.successLog) return "done";
  if (entry.deletionLog) return "discarded";
  return entry.retries === 0 ? "failed: incident" : "failed: will be retried";
}

const calls = (log) =>
  log.map((entry) => [
    moment(entry.timestamp),
    entry.topicName.replace(TOPICS, ""),
    outcomeOf(entry),
    entry.errorMessage ?? "",
  ]);

/** The calls to SignSpace for this request, latest first. */
async function callsOf(api, processInstanceId) {
  const log = await get(api, "/history/external-task-log", {
    processInstanceId,
    sortBy: "timestamp",
    sortOrder: "desc",
    maxResults: 100,
  });
  return log.filter((entry) => entry.topicName.startsWith(TOPICS));
}

const known = (instance, variables, report) =>
  details([
    ["Title", report ? report.title : variables.text("title")],
    ["Business key", instance.businessKey],
    ["Status", signingState(variables)],
    ["Problem", variables.text("problem")],
    ["Signatures", signatureCount(variables, report)],
    ["Due", moment(variables.text("dueAt"))],
    ["Last check", moment(variables.text("lastCheckAt"))],
    ["Next check", instance.endTime ? "" : moment(variables.text("nextCheckAt"))],
    ["Signing request", report ? report.signingRequestId : variables.text("signingRequestId")],
    ["Files", variables.list("fileIds").join(", ")],
    ["Signed files", variables.list("signedFileIds").join(", ")],
    ["Process instance", instance.id],
  ]);

function signatureCount(variables, report) {
  const requested = report ? report.signaturesRequested : variables.text("signaturesRequested");
  const completed = report ? report.signaturesCompleted : variables.text("signaturesCompleted");
  return requested === undefined || requested === "" ? "" : `${completed || 0} of ${requested}`;
}

const participantTable = (variables, report) =>
  table(["Participant", "E-mail", "Role", "Signature"], signers(variables, report));

function callTable(log) {
  const node = table(["Time", "Call", "Outcome", "Reason"], calls(log));
  node.classList.add("signspace-calls");
  return node;
}

/* The tab of an instance */

/** Incidents that wait for an admin, with a button to retry. */
function incidentBoxes(api, stuck, show, report) {
  return stuck.map((task) => {
    const node = element(
      "div",
      element("strong", `Incident in ${task.topicName.replace(TOPICS, "")}`),
      element("p", task.errorMessage ?? "Without a message"),
      button(
        "Retry",
        async () => {
          await send(api, "PUT", `/external-task/${encodeURIComponent(task.id)}/retries`, { retries: 1 });
          setTimeout(show, 1000);
          return "Retrying.";
        },
        report
      )
    );
    node.className = "alert alert-danger signspace-incident";
    return node;
  });
}

/** Checks for a subscription first, since the engine treats a message without a receiver as a failure. */
async function checkNow(api, processInstanceId) {
  const waiting = await get(api, "/event-subscription", {
    processInstanceId,
    eventType: "message",
    eventName: "checkStatus",
  });
  if (waiting.length === 0) {
    return "Cannot check now: the request is not in SignSpace yet, or another step is running. Nothing was changed.";
  }
  await send(api, "POST", "/message", { messageName: "checkStatus", processInstanceId });
  return "Checking in SignSpace.";
}

/** The incidents of an instance, and the line that reports what a button has done. */
async function stuckIn(api, processInstanceId, show) {
  const [statusLine, report] = createStatusLine();
  const tasks = await get(api, "/external-task", { processInstanceId, noRetriesLeft: true });
  const stuck = tasks.filter((task) => task.topicName.startsWith(TOPICS));
  return { boxes: incidentBoxes(api, stuck, show, report), statusLine, report };
}

/** How far a list is. Its variables are not read: they hold all of its documents. */
async function listTab(api, id, show) {
  const [list, { boxes, statusLine }] = await Promise.all([
    fetchReport(api, `bulk/${encodeURIComponent(id)}`),
    stuckIn(api, id, show),
  ]);
  return [
    ...boxes,
    statusLine,
    details([
      ["List", LIST_STATUS[list.status] ?? list.status],
      ...["Rows", "Sent", "Signed", "Declined", "Cancelled", "Failed", "Open"].map((label) => [
        label,
        String(list[label.toLowerCase()]),
      ]),
      ["Process instance", id],
    ]),
  ];
}

async function tab({ api, processInstanceId }, show) {
  const instance = await get(api, `/process-instance/${encodeURIComponent(processInstanceId)}`);
  if (instance.definitionId.startsWith(`${LIST_PROCESS}:`)) {
    return listTab(api, processInstanceId, show);
  }
  const [variables, log, { boxes, statusLine, report }] = await Promise.all([
    variablesOf(api, processInstanceId, false),
    callsOf(api, processInstanceId),
    stuckIn(api, processInstanceId, show),
  ]);
  if (log.length === 0 && !variables.has("signingRequestId")) {
    return ["This instance does not use SignSpace."];
  }
  const { report: request } = await reported(api, { id: processInstanceId });
  const address = variables.text("signingRequestUrl");
  const actions = element(
    "p",
    button(
      "Check now",
      async () => {
        const result = await checkNow(api, processInstanceId);
        setTimeout(show, 1000);
        return result;
      },
      report
    ),
    " ",
    isWebAddress(address) ? externalLink("Open in SignSpace", address) : null
  );
  return [
    ...boxes,
    actions,
    statusLine,
    known(instance, variables, request),
    participantTable(variables, request),
    ...[await timelineOf(request)].filter(Boolean),
    element("h4", "Calls"),
    callTable(log),
  ];
}

/* The dashboard: running requests */

const unfinished = (steps) => ({
  processDefinitionKey: PROCESS,
  unfinished: true,
  ...(steps && { activeActivityIdIn: steps }),
});

async function requestsAt(api, label, steps) {
  const { count } = await send(api, "POST", "/history/process-instance/count", unfinished(steps));
  const [oldest] = count
    ? await send(api, "POST", "/history/process-instance?maxResults=1", {
        ...unfinished(steps),
        sorting: [{ sortBy: "startTime", sortOrder: "asc" }],
      })
    : [];
  return [
    label,
    String(count),
    oldest ? instanceLink(oldest.businessKey, oldest.id) : "",
    oldest ? moment(oldest.startTime) : "",
  ];
}

/** Only the workers know the state of the circuit breaker; here it is inferred from the outcome of the latest calls. */
async function connection(api) {
  const [success, failure] = await Promise.all([latestSuccess(api), latestCall(api, { failureLog: true })]);
  const isFailing = failure && (!success || failure.timestamp > success.timestamp);
  const isPaused = isFailing && /calls are paused/.test(failure.errorMessage ?? "");
  return [
    ["Circuit", isPaused ? "open: calls to SignSpace are paused" : isFailing ? "closed, but the last call failed" : "closed"],
    ["Last successful call", success ? moment(success.timestamp) : "none yet"],
    ["Last failed call", failure ? `${moment(failure.timestamp)}: ${failure.errorMessage ?? ""}` : "none"],
  ];
}

/** The log, most of whose entries are successes, has no index for its time; the history of steps has one. */
async function latestSuccess(api) {
  const steps = await get(api, "/history/activity-instance", {
    activityType: "serviceTask",
    finished: true,
    sortBy: "endTime",
    sortOrder: "desc",
    maxResults: 20,
  });
  for (const processInstanceId of new Set(steps.map((step) => step.processInstanceId))) {
    const call = await latestCall(api, { successLog: true, processInstanceId });
    if (call) return call;
  }
  return undefined;
}

async function latestCall(api, which) {
  const log = await get(api, "/history/external-task-log", {
    ...which,
    sortBy: "timestamp",
    sortOrder: "desc",
    maxResults: 50,
  });
  return log.find(({ topicName }) => topicName.startsWith(TOPICS) && !OTHER_TOPICS.test(topicName));
}

/** The sweep, which checks all requests once a minute; not every engine has one. */
async function sweep(api) {
  const [definition] = await get(api, "/process-definition", { key: SWEEP, latestVersion: true });
  if (!definition) return [];
  if (definition.suspended) return [["Last sweep", "switched off: each request is checked by its own timer"]];
  const [last] = await get(api, "/history/process-instance", {
    processDefinitionKey: SWEEP,
    completed: true,
    sortBy: "endTime",
    sortOrder: "desc",
    maxResults: 1,
  });
  return [["Last sweep", last ? moment(last.endTime) : "none yet"]];
}

async function running({ api }) {
  const [rows, state, swept] = await Promise.all([
    Promise.all([
      requestsAt(api, "All", null),
      ...Object.entries(STEPS).map(([label, steps]) => requestsAt(api, label, steps)),
    ]),
    connection(api),
    sweep(api),
  ]);
  return [table(["Requests", "Number", "Oldest", "Started"], rows), details([...state, ...swept])];
}

/* The dashboard: lists */

async function lists({ api }) {
  const { lists: newest } = await fetchReport(api, "bulk");
  return newest.length === 0
    ? ["None yet."]
    : [
        table(
          ["List", "Uploaded", "By", "Rows"],
          newest.map(({ id, status, startedAt, startedBy, rows }) => [
            ["done", "cancelled"].includes(status) ? LIST_STATUS[status] : instanceLink(LIST_STATUS[status] ?? status, id),
            moment(startedAt),
            startedBy ?? "–",
            String(rows),
          ])
        ),
      ];
}

/* The dashboard: incidents */

/** Equal failures of different requests have one cause: titles, ids and times in the message are ignored. */
const causeOf = (task) =>
  `${task.topicName.replace(TOPICS, "")}: ${(task.errorMessage ?? "without a message")
    .replace(/^.*? failed: /s, "")
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, "…")
    .replace(/\b[0-9a-f]{16,}\b/gi, "…")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, "…")}`;

async function incidents({ api }, show) {
  const stuck = (
    await get(api, "/external-task", { noRetriesLeft: true, maxResults: MAX_INCIDENTS })
  ).filter((task) => task.topicName.startsWith(TOPICS));
  if (stuck.length === 0) {
    return ["None."];
  }
  const causes = new Map();
  stuck.forEach((task) => causes.set(causeOf(task), [...(causes.get(causeOf(task)) ?? []), task]));
  const [statusLine, report] = createStatusLine();
  const rows = [...causes.entries()]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([cause, tasks]) => [
      cause,
      String(tasks.length),
      instanceLink(tasks[0].businessKey, tasks[0].processInstanceId),
      button(
        `Retry all ${tasks.length}`,
        async () => {
          await send(api, "PUT", "/external-task/retries", { externalTaskIds: tasks.map((task) => task.id), retries: 1 });
          setTimeout(show, 1000);
          return `Retrying ${tasks.length}.`;
        },
        report
      ),
    ]);
  return [statusLine, table(["Cause", "Number", "For example", ""], rows)];
}

/* The dashboard: ended requests and search */

/** Adds the displayed data to process instances. */
async function described(api, instances) {
  return Promise.all(instances.map(async (instance) => ({ instance, ...(await reported(api, instance)) })));
}

function download(label, { href, fileName }) {
  const node = link(label, href);
  node.download = fileName;
  return element("div", node);
}

const documentLinks = ({ doubt, documents, evidence, report }) =>
  element(
    "div",
    doubt,
    ...earlySignatures(report).map((sentence) => element("div", sentence)),
    ...documents.map((one) => download(one.fileName, one)),
    evidence ? download("Evidence", evidence) : null
  );

async function finished({ api }) {
  const requests = await described(
    api,
    await get(api, "/history/process-instance", {
      processDefinitionKey: PROCESS,
      finished: true,
      sortBy: "endTime",
      sortOrder: "desc",
      maxResults: LATEST,
    })
  );
  return requests.length === 0
    ? ["None yet."]
    : [
        table(
          ["Title", "Business key", "Outcome", "Ended", "Signed documents"],
          requests.map((request) => [
            request.title,
            request.instance.businessKey ?? "",
            request.outcome,
            moment(request.instance.endTime),
            documentLinks(request),
          ])
        ),
      ];
}

/** Escapes wildcards for a search. */
const literal = (text) => text.replace(/[\\_%]/g, "\\$&");

/** Searches by prefix of the business key, or by id of the process instance. */
async function find(api, text) {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
  return described(
    api,
    await send(api, "POST", `/history/process-instance?maxResults=${MAX_FOUND}`, {
      processDefinitionKey: PROCESS,
      ...(isId ? { processInstanceId: text } : { processInstanceBusinessKeyLike: `${literal(text)}%` }),
      sorting: [{ sortBy: "startTime", sortOrder: "desc" }],
    })
  );
}

async function historyOf(api, { instance, outcome, doubt, report }) {
  const [variables, log] = await Promise.all([variablesOf(api, instance.id, true), callsOf(api, instance.id)]);
  return [
    element("h4", `History of ${instance.businessKey ?? instance.id}`),
    details([
      ["Outcome", outcome],
      ["Why", doubt],
    ]),
    known(instance, variables, report),
    participantTable(variables, report),
    ...[await timelineOf(report)].filter(Boolean),
    callTable(log),
  ];
}

function foundTable(api, requests, history, report) {
  return table(
    ["Title", "Business key", "State", "Started", "Ended", "Signed documents", ""],
    requests.map((request) => [
      request.title,
      request.instance.businessKey ?? "",
      request.outcome,
      moment(request.instance.startTime),
      moment(request.instance.endTime),
      documentLinks(request),
      request.instance.endTime
        ? button(
            "History",
            async () => {
              history.replaceChildren(...(await historyOf(api, request)));
              return "";
            },
            report
          )
        : instanceLink("Open", request.instance.id),
    ])
  );
}

/** Not refreshed: results stay until the next search. */
const finder = {
  id: "signspace.find-request",
  pluginPoint: "cockpit.dashboard",
  priority: 6,
  render(node, { api }) {
    const input = element("input");
    input.type = "search";
    input.required = true;
    input.className = "form-control";
    input.placeholder = "Business key or its beginning, or the id of the process instance";
    input.setAttribute("aria-label", input.placeholder);
    const submit = element("button", "Find");
    submit.className = "btn btn-default";
    const form = element("form", input, submit);
    form.className = "signspace-find";
    const [statusLine, report] = createStatusLine();
    const found = element("div");
    const history = element("div");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      history.replaceChildren();
      report("…");
      try {
        const requests = await find(api, input.value.trim());
        report(requests.length === 0 ? "None found." : requests.length === MAX_FOUND ? `The latest ${MAX_FOUND}:` : "");
        found.replaceChildren(...(requests.length === 0 ? [] : [foundTable(api, requests, history, report)]));
      } catch (failure) {
        report(`Find: ${failure.message}`);
      }
    });
    node.append(element("h3", "Find a signing request"), form, statusLine, found, history);
  },
};

export default [
  section({
    id: "signspace.instance",
    pluginPoint: "cockpit.processInstance.runtime.tab",
    properties: { label: "SignSpace" },
    priority: 20,
    load: tab,
  }),
  section({
    id: "signspace.running-requests",
    pluginPoint: "cockpit.dashboard",
    priority: 8,
    title: "Signing requests",
    load: running,
  }),
  section({
    id: "signspace.incidents",
    pluginPoint: "cockpit.dashboard",
    priority: 7,
    title: "Signing incidents by cause",
    load: incidents,
  }),
  section({
    id: "signspace.lists",
    pluginPoint: "cockpit.dashboard",
    priority: 4,
    title: "Lists of signing requests",
    load: lists,
  }),
  finder,
  section({
    id: "signspace.finished-requests",
    pluginPoint: "cockpit.dashboard",
    priority: 5,
    title: "Finished signing requests",
    load: finished,
  }),
];
