/* Cockpit's dashboard: the latest finished signing requests and their signed documents. */

const LATEST = 20;

const OUTCOMES = { signed: "Signed", cancelled: "Cancelled", abandoned: "Abandoned" };

async function fetchJson(api, path, body) {
  const response = await fetch(api.engineApi + path, {
    method: body ? "POST" : "GET",
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      "X-XSRF-TOKEN": api.CSRFToken,
    },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`HTTP ${response.status}`);
  }
  return response.json();
}

async function finishedRequests(api) {
  const instances = await fetchJson(
    api,
    "/history/process-instance?processDefinitionKey=signing-request&finished=true" +
      `&sortBy=endTime&sortOrder=desc&maxResults=${LATEST}`
  );
  if (instances.length === 0) {
    return [];
  }
  const variables = await fetchJson(api, "/history/variable-instance?deserializeValues=false", {
    processInstanceIdIn: instances.map((instance) => instance.id),
  });
  return instances.map((instance) => {
    const own = variables.filter((variable) => variable.processInstanceId === instance.id);
    const value = (name) => own.find((variable) => variable.name === name)?.value ?? "";
    return {
      title: value("title"),
      businessKey: instance.businessKey ?? "",
      outcome: OUTCOMES[value("signingOutcome")] ?? "Ended by an admin",
      endTime: new Date(instance.endTime),
      documents: own
        .filter((variable) => /^signedDocument\d+$/.test(variable.name))
        .sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true })),
    };
  });
}

function element(name, ...children) {
  const node = document.createElement(name);
  node.append(...children);
  return node;
}

function documentLink(api, variable) {
  const link = element("a", variable.valueInfo.filename);
  link.href = `${api.engineApi}/history/variable-instance/${variable.id}/data`;
  link.download = variable.valueInfo.filename;
  const item = element("div", link);
  return item;
}

function row(api, request) {
  return element(
    "tr",
    element("td", request.title),
    element("td", request.businessKey),
    element("td", request.outcome),
    element("td", request.endTime.toLocaleString()),
    element("td", ...request.documents.map((variable) => documentLink(api, variable)))
  );
}

function table(api, requests) {
  const heads = ["Title", "Business key", "Outcome", "Ended", "Signed documents"];
  const node = element(
    "table",
    element("thead", element("tr", ...heads.map((head) => element("th", head)))),
    element("tbody", ...requests.map((request) => row(api, request)))
  );
  node.className = "table table-condensed signspace-requests";
  return node;
}

export default {
  id: "signspace.finished-requests",
  pluginPoint: "cockpit.dashboard",
  priority: 5,

  async render(node, { api }) {
    const content = element("div", "Loading …");
    node.append(element("h3", "Finished signing requests"), content);
    try {
      const requests = await finishedRequests(api);
      content.replaceChildren(
        requests.length === 0 ? "None yet." : table(api, requests)
      );
    } catch (failure) {
      content.replaceChildren(`The finished signing requests cannot be shown (${failure.message}).`);
    }
  },
};
