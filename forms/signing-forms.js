// Shows a form: reads the variables, shows the page, validates the input and sends it.

/** The confirmations of decisions that cannot be undone. */
signing.QUESTIONS = {
  abandon: { question: 'abandonAsk', yes: 'abandonYes' },
  cancelSigning: { question: 'cancelAsk', yes: 'cancelYes' },
  close: { question: 'closeAsk', yes: 'closeYes' },
};

/** The names of the variables that the forms show, except documents. */
signing.shownVariables = () => [
  ...signing.START,
  'problem', 'signingRequestId', 'signingRequestUrl', 'signingStatus', 'signaturesRequested',
  'signaturesCompleted', 'signatures', 'lastCheckAt', 'nextCheckAt', 'nextNoticeAt',
  'escalatedTo', 'uploadedDocuments', 'sendingAgain', 'signingState',
];

/** Gets an uncached response from the engine; throws an error with the HTTP status if the request fails. */
signing.get = async (url) => {
  const response = await fetch(url, { credentials: 'same-origin', cache: 'no-store' });
  if (!response.ok) throw Object.assign(new Error(`HTTP ${response.status}`), { status: response.status });
  return response;
};

/**
 * Drafts survive an expired session and leaving the form, but not a logout. They are kept only in memory, since they
 * may contain identity codes.
 */
signing.drafts = (host) => {
  if (!window.signingDrafts) {
    window.signingDrafts = new Map();
    host.onLogout(() => window.signingDrafts.clear());
  }
  return window.signingDrafts;
};

/** Sets the language and the styles of a form. */
signing.setup = (form) => {
  form.lang = signing.language;
  form.insertAdjacentHTML('beforeend', `<style>${signing.STYLES}</style>`);
};

/** Shows the form of a host, which signing-host.js describes. */
signing.show = async (host) => {
  const { form, engineUrl, user, $scope } = host;
  const isStart = !host.taskId;
  const edits = 'edits' in form.dataset; // the start and the correction form edit the whole request
  const taskUrl = `${engineUrl}/task/${host.taskId}`;
  const isAside = 'aside' in form.dataset; // a task beside the one in which the case is decided
  const urlOf = (variable) => `${taskUrl}/variables/${encodeURIComponent(variable)}/data`;
  const later = (work) => setTimeout(() => form.isConnected && $scope.$apply(work));
  const focusOn = (selector) =>
    later(() => {
      const target = form.querySelector(selector) || form.querySelector('[data-messages]');
      target.focus();
      target.scrollIntoView({ block: 'nearest' }); // focusing alone may leave a large target partly hidden
    });
  const drafts = signing.drafts(host);
  const draft = `${user} ${host.taskId || host.processDefinitionId}`;

  const page = {
    id: `signing-${isStart ? 'start' : host.taskId}`,
    isStart, // Tasklist reads the business key from the form when it starts the process
    fields: signing.FIELDS,
    today: signing.today(),
    lastDay: signing.lastDay(),
    vars: {},
    edits,
    documents: [],
    reference: '',
    errors: {},
    isUnclaimed: () => !isStart && host.isUnclaimed(),
    isClaimedByOther: () => Boolean(task && task.assignee && task.assignee !== user),
    assignee: () => task.assignee,
    isLocked: () => Boolean(page.busy || page.isGone || page.isUnread || page.isUnclaimed()),
    hasErrors: () => Object.keys(page.errors).length > 0,
    isDue: (moment) => signing.parseDateTime(moment) < new Date(),
    /** Whether the whole request can be edited, and not only the documents of an existing one. */
    isWhole: () => !page.vars.signingRequestId || Boolean(page.vars.sendingAgain),
    canReopen: () => signing.canBeReopened(page.vars.signingStatus),
    shows: (option, participant) => signing.showsField(option, participant, page.request),
    canEncrypt: signing.canEncrypt,
    formatSize: signing.formatSize,
    formatDateTime: signing.formatDateTime,
    formatAgo: signing.formatAgo,

    moveDocument(index, step) {
      const place = index + step;
      const [document] = page.documents.splice(index, 1);
      page.documents.splice(place, 0, document);
      page.announcement = signing.t('movedTo', document.name, place + 1);
      const goesUp = place > 0 && (step < 0 || place === page.documents.length - 1);
      focusOn(`.signing-documents li:nth-child(${place + 1}) [data-action="${goesUp ? 'up' : 'down'}"]`);
    },
    removeDocument(index) {
      page.announcement = signing.t('removed', page.documents.splice(index, 1)[0].name);
      focusOn('[data-picker]');
    },
    addParticipant() {
      page.request.participants.push(signing.newParticipant(page.request.participants.length + 1));
      focusOn(`[data-participant="${page.request.participants.length}"] [name="displayName"]`);
    },
    removeParticipant(index) {
      page.request.participants.splice(index, 1);
      focusOn('[data-action="add-participant"]');
    },
    removeNin(participant) {
      participant.encryptedNin = '';
      focusOn(`[name="nin"][id$="nin${participant.key}"]`);
    },
    addMetadata() {
      page.request.metadata.push(signing.newMetadata());
      focusOn(`[data-metadata="${page.request.metadata.length}"] [name="metadataId"]`);
    },
    removeMetadata(index) {
      page.request.metadata.splice(index, 1);
      focusOn('[data-action="add-metadata"]');
    },

    startReplacing() {
      page.isReplacing = true;
      focusOn('[data-picker]');
    },
    stopReplacing() {
      Object.assign(page, { isReplacing: false, isChecking: false, documents: [] });
      focusOn('[value="replaceDocuments"]');
    },
    decide(decision) {
      if (!signing.QUESTIONS[decision]) return page.send(decision);
      page.asking = { decision, ...signing.QUESTIONS[decision] };
      if (decision === 'abandon' && page.vars.signingRequestId) page.asking.question = 'abandonAskExisting';
      focusOn('[role="alertdialog"]');
    },
    stopAsking() {
      const { decision } = page.asking;
      page.asking = undefined;
      focusOn(`[value="${decision}"]`);
    },
    startOver() {
      Object.assign(page.request, signing.requestFrom(page.vars)); // the fields are bound to this object
      Object.assign(page, { documents: held.slice(), reference: '', isRestored: false, isTried: false });
      if (isStart) page.isChecking = false;
      const day = form.querySelector('[name="dueDate"]'); // an incomplete date that was typed hides its value
      if (day) day.value = page.request.dueDate;
      focusOn('[name="title"]');
    },
    /** Without encryption, the browser cannot compare the content; then its own download is all there is. */
    async download(event, document) {
      if (!document.sha256 || !signing.canEncrypt()) return;
      event.preventDefault();
      try {
        const url = URL.createObjectURL(await signing.sentDocument(document));
        Object.assign(window.document.createElement('a'), { href: url, download: document.name }).click();
        setTimeout(() => URL.revokeObjectURL(url), 60_000); // the browser may ask the user where to save it
      } catch (error) {
        stop(error.status ? signing.t('loadFailed', signing.reasonOf(error)) : error.message);
      }
    },
    openNext: () => host.openTask(page.next.id),
    send,
  };
  let task; // the latest response of the engine
  let latestVariables; // likewise, as text
  let held = []; // the documents in the process
  let initialInput; // the content of the form before the user enters anything

  host.onSubmit(() => {
    if (!page.outgoing && isStart) send(); // Tasklist's own button; called again once everything has been read
    return page.outgoing;
  });
  host.onFailed((error) => {
    if (page.outgoing) explain(error).then((text) => stop(text));
  });
  host.onSent(() => {
    drafts.delete(draft);
    initialInput = undefined; // there is no draft to save any more
    if (task && !isAside) follow();
  });
  host.onStore(saveDraft);
  const forget = host.onLogout(() => (initialInput = undefined));
  $scope.$on('$destroy', () => { // the dialog is closed, or another task is opened
    saveDraft();
    forget();
  });
  listen();

  try {
    if (!isStart) await read();
  } catch (error) {
    if (error.status === 404) onTaskGone();
    else Object.assign(page, { isUnread: true, alert: signing.t('loadFailed', signing.reasonOf(error)) });
  }
  const savedDraft = drafts.get(draft);
  if (edits) page.request = signing.requestFrom(page.vars);
  initialInput = entered();
  if (savedDraft) Object.assign(page, savedDraft, { isRestored: true });
  drafts.delete(draft);
  page.optionsOpen = edits && signing.hasOptions(page.request);
  if (edits && !isStart) {
    page.isChecking = 'retry'; // errors are marked from the start
    page.problem = signing.describeProblem(page.vars.problem, check(), page.request.participants);
  }
  $scope.$apply(() => {
    Object.entries(signing.parts).forEach(([part, html]) => host.templates.put(part, html));
    Object.assign($scope, { page, t: signing.t });
    $scope.$watch(() => check(), (errors) => (page.errors = errors), true);
    signing.setup(form);
  });
  if (isStart) focusOn('[name="title"]');
  else signing.watch(form, refresh);
  if (task) signing.showTimeline(form, engineUrl, task.processInstanceId);

  /** Reads the task and its variables. Only the correction form reads all variables, including documents. */
  async function read() {
    const names = edits ? '' : `&variableNames=${signing.shownVariables().join()}`;
    task = await (await signing.get(taskUrl)).json();
    const text = await (await signing.get(`${taskUrl}/form-variables?deserializeValues=false${names}`)).text();
    if (text === latestVariables) return; // do not re-render an unchanged page
    latestVariables = text;
    const variables = JSON.parse(text);
    signing.shownVariables().filter((key) => variables[key]).forEach((key) => {
      page.vars[key] = valueOf(variables[key]);
    });
    page.summary = signing.summaryOf(page.vars, urlOf);
    const uploaded = Array.isArray(page.vars.uploadedDocuments) ? page.vars.uploadedDocuments : [];
    page.problem = signing.describeProblem(page.vars.problem);
    if (!edits) return;
    held = signing.heldDocuments(variables, uploaded, urlOf);
    page.documents = held.slice();
    page.heldNames = page.documents.map((document) => document.variableName);
  }

  /** Serializes everything that the user can enter, to detect whether there is a draft to save. */
  function entered() {
    const isEntered = (name) => name !== 'key' && !name.startsWith('$'); // row keys, and properties that AngularJS adds
    const all = [page.request, page.reference, page.documents];
    return JSON.stringify(all, (name, value) => (isEntered(name) ? value : undefined));
  }

  function saveDraft() {
    if (page.isGone || initialInput === undefined || entered() === initialInput) return;
    const { request, documents, reference, isReplacing } = page;
    drafts.set(draft, { request, documents, reference, isReplacing });
  }

  function valueOf({ value, type, valueInfo }) {
    const isJson = type === 'Json' || String((valueInfo || {}).serializationDataFormat).includes('json');
    if (!isJson || typeof value !== 'string') return value;
    try {
      return JSON.parse(value);
    } catch {
      return undefined; // has to be entered again
    }
  }

  function check(decision = page.isChecking) {
    const errors = {};
    const isNew = isStart || decision === 'retry';
    if (!decision) return errors;
    if (isNew && page.isWhole()) Object.assign(errors, signing.checkRequest(page.request));
    if (isNew || decision === 'replaceDocuments') Object.assign(errors, signing.checkDocuments(page.documents));
    const day = form.querySelector('[name="dueDate"]');
    if (isNew && day && day.validity.badInput) errors.dueDate = signing.t('dueDateWrong');
    const reference = isStart && signing.textProblem(page.reference, 'line', signing.MAX_BUSINESS_KEY);
    if (reference) errors.businessKey = signing.t(...reference);
    return errors;
  }

  /** Validates the input, reads the documents, and completes the form as Tasklist's own button does. */
  async function send(decision = 'start') {
    if (page.busy || page.isGone) return;
    Object.assign(page, { isChecking: decision, isTried: true });
    page.errors = check();
    Object.assign(page, { alert: '', isRestored: false, asking: undefined });
    if (page.hasErrors()) return stop('', '[aria-invalid="true"]');
    page.busy = signing.t('sending');
    focusOn('[role="status"]');
    try {
      if (!isStart) await signing.get(taskUrl); // first check that no other user has completed the task
      page.outgoing = await variablesFor(decision);
    } catch (error) {
      return stop(error.cause ? error.message : await explain(error));
    }
    $scope.$apply(() => (page.busy = signing.t('sending')));
    host.submit();
  }

  async function variablesFor(decision) {
    const variables = isStart ? [] : [{ name: 'decision', type: 'String', value: decision }];
    const onReading = (document) => $scope.$applyAsync(() => (page.busy = signing.t('reading', document.name)));
    if (isStart || decision === 'retry') {
      if (page.isWhole()) {
        const request = await signing.withEncryptedNins(page.request, engineUrl);
        variables.push(...signing.requestVariables(request, page.vars));
      }
      variables.push(...(await signing.documentVariables(page.documents, page.heldNames || [], onReading)));
    }
    if (decision === 'replaceDocuments') {
      const all = await (await signing.get(`${taskUrl}/form-variables?deserializeValues=false`)).json();
      const names = signing.heldDocuments(all, [], urlOf).map((document) => document.variableName);
      variables.push(...(await signing.documentVariables(page.documents, names, onReading)));
    }
    return variables;
  }

  /** Aborts sending: shows the reason and keeps all input. */
  function stop(text, selector = '[data-messages]') {
    later(() => {
      Object.assign(page, { busy: '', outgoing: undefined, alert: text });
      later(() => {
        const folded = form.querySelector('details [aria-invalid="true"]');
        if (folded) folded.closest('details').open = true;
      });
      focusOn(page.isGone ? '[data-gone]' : selector);
    });
  }

  async function explain(error) {
    if (!isStart) {
      const response = await fetch(taskUrl, { credentials: 'same-origin', cache: 'no-store' }).catch(() => ({}));
      if (response.status === 404) onTaskGone();
    }
    if (page.isGone) return '';
    if (error.status === 401) host.logIn();
    return signing.t('sendFailed', signing.reasonOf(error));
  }

  /** Shows changes that happen while the form is open, including that the task no longer exists. */
  async function refresh() {
    if (page.busy || page.isGone || page.isUnread) return;
    try {
      if (edits) task = await (await signing.get(taskUrl)).json(); // do not overwrite what the user is editing
      else await read();
      page.stale = '';
    } catch (error) {
      if (page.busy) return;
      if (error.status === 404) onTaskGone();
      else page.stale = signing.t('stale', signing.reasonOf(error));
      if (error.status === 401) host.logIn();
    }
    later(() => {});
  }

  /** The task no longer exists, so nothing can be sent; offers the next task of the case once it is known. */
  function onTaskGone() {
    page.isGone = true;
    if (!task) return;
    const isWanted = () => form.isConnected && !page.next;
    // without an answer, the user can still use the task list
    signing
      .nextTask(engineUrl, task, isWanted)
      .then((next) => later(() => (page.next = next)))
      .catch(() => {});
    signing
      .endsAsSigned(engineUrl, task.processInstanceId, isWanted)
      .then((isSigned) => later(() => (page.isSigned = isSigned)))
      .catch(() => {});
  }

  /** After a decision, opens the next task of the case, unless the user has opened another task in the meantime. */
  async function follow() {
    const isWanted = () => [undefined, task.id].includes(host.openedTask());
    await new Promise((resolve) => setTimeout(resolve, 500)); // Tasklist closes this task first
    const next = await signing.nextTask(engineUrl, task, isWanted).catch(() => undefined);
    if (!next || !isWanted()) return;
    if (!next.assignee) await host.claim(next.id).catch(() => {}); // another user may have claimed it
    host.openTask(next.id);
  }

  /** Handles events that AngularJS does not support: chosen and dropped files, dates, and Tasklist's key bindings. */
  function listen() {
    const add = (files) =>
      $scope.$apply(() => page.documents.push(...Array.from(files, signing.chosenDocument)));
    const zoneOf = (event) => !page.isLocked() && event.target.closest('.signing-drop, [data-document]');
    const placeOf = (row) => Array.from(row.parentNode.children).indexOf(row);
    const dropOn = (zone, files) => {
      const isMove = dragged && zone.matches('[data-document]');
      if (isMove) $scope.$apply(() => page.moveDocument(placeOf(dragged), placeOf(zone) - placeOf(dragged)));
      else add(files);
    };
    let dragged; // the row of the document that is being dragged
    form.addEventListener('dragstart', ({ target }) => (dragged = target.closest('[data-document]')));
    form.addEventListener('dragend', () => (dragged = undefined));
    form.addEventListener('change', ({ target }) => {
      if (target.matches('[data-picker]')) {
        add(target.files);
        target.value = ''; // allows the same file to be chosen again after it was removed
      }
      if (target.matches('[type="date"]')) $scope.$apply(() => (page.request[target.name] = target.value));
    });
    ['dragenter', 'dragover', 'dragleave', 'drop'].forEach((type) =>
      form.addEventListener(type, (event) => {
        const zone = zoneOf(event);
        if (zone) zone.classList.toggle('signing-over', type === 'dragenter' || type === 'dragover');
        if (type !== 'dragleave') event.preventDefault(); // a file dropped outside the zone must not replace the page
        if (zone && type === 'drop') dropOn(zone, event.dataTransfer.files);
      }),
    );
    form.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !event.target.matches('[data-picker]')) return;
      event.preventDefault();
      event.target.click(); // it looks like a button, but Chromium opens it only with the space bar
    });
    form.addEventListener('keypress', (event) => {
      if (!isStart && event.ctrlKey) event.stopPropagation(); // Tasklist would complete the task without a decision
    });
  }
};
