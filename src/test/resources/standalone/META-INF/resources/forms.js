// A host of the forms that is not Tasklist: it needs AngularJS and the engine's REST API. See forms/signing-host.js.

const ENGINE = '/engine-rest';
const MAIN = document.querySelector('main');
const START = document.getElementById('start');
const query = new URLSearchParams(location.search);
const user = query.get('user');
const injector = angular.bootstrap(MAIN, []);
const $rootScope = injector.get('$rootScope');

async function call(path, body) {
  const post = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(ENGINE + path, body && post);
  if (response.ok) return response;
  const { message } = await response.json().catch(() => ({}));
  throw Object.assign(new Error(message), { status: response.status });
}
const read = async (path) => (await call(path)).json();

/** The code that is deployed with the forms. */
async function codeOf({ deploymentId }) {
  const files = await read(`/deployment/${deploymentId}/resources`);
  const names = files.filter(({ name }) => /signing-\w+\.js$/.test(name));
  const texts = names.map(async ({ id }) => (await call(`/deployment/${deploymentId}/resources/${id}/data`)).text());
  const signing = {};
  (await Promise.all(texts)).forEach((code) => new Function('signing', code)(signing));
  return signing;
}

function hostOf(form, $scope, definition, task) {
  const listeners = { variables: () => undefined };
  const host = {
    form,
    $scope,
    engineUrl: ENGINE,
    taskId: task && task.id,
    processDefinitionId: definition.id,
    user,
    templates: injector.get('$templateCache'),
    isUnclaimed: () => false, // the page claims what it opens
    async submit() {
      const variables = listeners.variables();
      if (!variables) return;
      const businessKey = form.querySelector('[name="businessKey"]');
      const sent = { businessKey: (businessKey && businessKey.value) || undefined, variables: {} };
      variables.forEach(({ name, type, value, valueInfo }) => {
        sent.variables[name] = { type, value: type === 'Json' ? JSON.stringify(value) : value, valueInfo };
      });
      try {
        await call(task ? `/task/${task.id}/submit-form` : `/process-definition/${definition.id}/submit-form`, sent);
        listeners.sent();
        close();
      } catch (error) {
        listeners.failed(error);
      }
    },
    onSubmit: (variables) => (listeners.variables = variables),
    onSent: (listener) => (listeners.sent = listener),
    onFailed: (listener) => (listeners.failed = listener),
    onStore: () => {}, // there is no such button
    openedTask: () => task && task.id,
    openTask: (id) => open(id),
    claim: (id) => call(`/task/${id}/claim`, { userId: user }),
    logIn: () => location.reload(),
    onLogout: () => () => {}, // the page has no logout
  };
  START.onclick = host.submit;
  return host;
}

function close() {
  MAIN.textContent = 'Sent';
  START.hidden = true;
}

async function open(taskId) {
  const task = taskId && (await read(`/task/${taskId}`));
  if (task && task.assignee !== user) await call(`/task/${taskId}/claim`, { userId: user });
  const path = task ? task.processDefinitionId : 'key/signing-request';
  const definition = await read(`/process-definition/${path}`);
  const html = await call(task ? `/task/${taskId}/deployed-form` : `/process-definition/${definition.id}/deployed-start-form`);
  MAIN.innerHTML = await html.text();
  const form = MAIN.querySelector('form');
  const $scope = $rootScope.$new();
  injector.get('$compile')(form)($scope);
  START.hidden = Boolean(task);
  const signing = await codeOf(definition);
  await signing.show(hostOf(form, $scope, definition, task));
}

open(query.get('task'));
