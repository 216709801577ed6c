// Opens one of the forms in Tasklist: reads the variables, shows the page, checks, and sends.

/** What each decision asks back, if it cannot be undone. */
signing.QUESTIONS = {
  abandon: { question: 'abandonAsk', yes: 'abandonYes' },
  cancelSigning: { question: 'cancelAsk', yes: 'cancelYes' },
  close: { question: 'closeAsk', yes: 'closeYes' },
};

/** The variables, besides the documents, that the forms show. */
signing.VARIABLES = [
  'title', 'participants', 'description', 'recipientLanguage', 'signatureStrength', 'invitationType',
  'metadataTemplate', 'actingHandle', 'dueDate', 'participantsListOrderRespected', 'signingDiscussionDisabled',
  'overdueSigningDisabled', 'cannotSignDisabled', 'isProtected', 'ownersHandles', 'metadata', 'problem',
  'signingRequestId', 'signingRequestUrl', 'signingStatus', 'signaturesRequested', 'signaturesCompleted',
  'signatures', 'lastCheckAt', 'nextCheckAt', 'uploadedDocuments', 'statusCheckInterval',
];

/** An answer of the engine, read afresh; an error that carries the HTTP status otherwise. */
signing.get = async (url) => {
  const answer = await fetch(url, { credentials: 'same-origin', cache: 'no-store' });
  if (!answer.ok) throw Object.assign(new Error(`HTTP ${answer.status}`), { status: answer.status });
  return answer;
};

/**
 * What was entered survives a session that runs out and a form that is left, but nobody's logging out: in memory only,
 * for it may hold identity codes.
 */
signing.drafts = ($root) => {
  if (!window.signingDrafts) {
    window.signingDrafts = new Map();
    $root.$on('authentication.logout.success', () => window.signingDrafts.clear());
  }
  return window.signingDrafts;
};

/** Gives a form its language and its looks. */
signing.dress = (form) => {
  form.lang = signing.language;
  form.insertAdjacentHTML('beforeend', `<style>${signing.STYLES}</style>`);
};

/**
 * Opens a form; the loader in its HTML calls this.
 *
 * @param camForm Camunda's form, with the task or the process definition it belongs to
 * @param $scope the AngularJS scope of the form
 */
signing.open = async (camForm, $scope) => {
  const form = camForm.formElement[0];
  const $location = camForm.formElement.injector().get('$location');
  const isStart = !camForm.taskId;
  const edits = 'edits' in form.dataset; // the start and the correction show the whole request to be written
  const taskUrl = `${camForm.client.baseUrl}/task/${camForm.taskId}`;
  const urlOf = (variable) => `${taskUrl}/variables/${encodeURIComponent(variable)}/data`;
  const later = (work) => setTimeout(() => form.isConnected && $scope.$apply(work));
  const focusOn = (selector) =>
    later(() => {
      const target = form.querySelector(selector) || form.querySelector('[data-messages]');
      target.focus();
      target.scrollIntoView({ block: 'nearest' }); // focus alone leaves a large target half hidden
    });
  const drafts = signing.drafts($scope.$root);
  const user = ($scope.$root.authentication || {}).name;
  const draft = `${user} ${camForm.taskId || camForm.processDefinitionId}`;

  const page = {
    id: `signing-${isStart ? 'start' : camForm.taskId}`,
    isStart, // the template's business key is read by Tasklist when it starts the process
    fields: signing.FIELDS,
    today: signing.today(),
    lastDay: signing.lastDay(),
    vars: {},
    edits,
    documents: [],
    reference: '',
    errors: {},
    isUnclaimed: () => !isStart && Boolean($scope.options && $scope.options.disableForm),
    isOthers: () => Boolean(task && task.assignee && task.assignee !== user),
    holder: () => task.assignee,
    isLocked: () => Boolean(page.busy || page.isGone || page.isUnread || page.isUnclaimed()),
    hasErrors: () => Object.keys(page.errors).length > 0,
    isDue: (moment) => signing.parseMoment(moment) < new Date(),
    shows: (option, participant) => signing.showsField(option, participant, page.request),
    canEncrypt: signing.canEncrypt,
    sizeInWords: signing.sizeInWords,
    momentInWords: signing.momentInWords,
    standing: ({ isSigner, signature }) => {
      if (!isSigner) return 'copy';
      if (signature && signature.documentsReplacedAt) return 'signedFormer';
      if (signature) return signature.signedAt ? 'signedAt' : 'signed';
      return page.summary.knowsWho ? 'notSigned' : 'maybeSigned';
    },

    moveDocument(index, step) {
      const place = index + step;
      const [document] = page.documents.splice(index, 1);
      page.documents.splice(place, 0, document);
      page.spoken = signing.say('movedTo', document.name, place + 1);
      const goesUp = place > 0 && (step < 0 || place === page.documents.length - 1);
      focusOn(`.signing-documents li:nth-child(${place + 1}) [data-action="${goesUp ? 'up' : 'down'}"]`);
    },
    removeDocument(index) {
      page.spoken = signing.say('removed', page.documents.splice(index, 1)[0].name);
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
    startAfresh() {
      Object.assign(page.request, signing.requestFrom(page.vars)); // the fields hold on to this very object
      Object.assign(page, { documents: held.slice(), reference: '', isRestored: false, isTried: false });
      if (isStart) page.isChecking = false;
      const day = form.querySelector('[name="dueDate"]'); // what was typed into it hides its value
      if (day) day.value = page.request.dueDate;
      focusOn('[name="title"]');
    },
    openNext: () => $location.search({ ...$location.search(), task: page.next.id }),
    send,
  };
  let task; // as the engine last told it
  let seen; // the variables, likewise
  let held = []; // the documents that the process has
  let untouched; // what the form holds before anybody enters anything

  camForm.on('submit', () => {
    camForm.submitPrevented = !page.outgoing;
    if (page.outgoing) page.outgoing.forEach((variable) => camForm.variableManager.createVariable(variable));
    else if (isStart) send(); // Tasklist's own button; it comes back here once everything is read
  });
  camForm.on('submit-failed', (_, [error]) => { // Camunda hands over the form and the list of what it tells
    if (page.outgoing) explain(error).then((text) => stop(text));
  });
  // as Camunda does it, but with the client's promise: its callback is forgotten when there is no answer at all
  camForm.submitVariables = (done) => {
    const sent = { id: camForm.taskId || camForm.processDefinitionId, variables: camForm.parseVariables() };
    const businessKey = form.querySelector('[name="businessKey"]');
    if (businessKey && businessKey.value) sent.businessKey = businessKey.value;
    const resource = camForm.client.resource(isStart ? 'process-definition' : 'task');
    resource.submitForm(sent).then((result) => done(null, result), done);
  };
  camForm.on('submit-success', () => {
    drafts.delete(draft);
    untouched = undefined; // nothing is to be kept any more
    if (task) follow();
  });
  camForm.on('store', () => {
    camForm.storePrevented = true;
    keep();
  });
  $scope.$on('$destroy', keep); // the dialog is closed, or another task opened
  $scope.$on('authentication.logout.success', () => (untouched = undefined));
  listen();
  if ($scope.options) $scope.options.hideCompleteButton = true; // the forms have buttons of their own

  try {
    if (!isStart) await read();
  } catch (error) {
    if (error.status === 404) gone();
    else Object.assign(page, { isUnread: true, alert: signing.say('loadFailed', signing.reasonOf(error)) });
  }
  const kept = drafts.get(draft);
  if (edits) page.request = signing.requestFrom(page.vars);
  untouched = entered();
  if (kept) Object.assign(page, kept, { isRestored: true });
  drafts.delete(draft);
  page.optionsOpen = edits && signing.hasOptions(page.request);
  if (edits && !isStart) {
    page.isChecking = 'retry'; // what is wrong is marked from the beginning
    page.problem = signing.problemInWords(page.vars.problem, check(), page.request.participants);
  }
  $scope.$apply(() => {
    const templates = camForm.formElement.injector().get('$templateCache');
    Object.entries(signing.parts).forEach(([part, html]) => templates.put(part, html));
    Object.assign($scope, { page, say: signing.say });
    $scope.$watch(() => check(), (errors) => (page.errors = errors), true);
    signing.dress(form);
  });
  if (isStart) focusOn('[name="title"]');
  else signing.watch(form, look);

  /** Reads the task and its variables as they are now. Only the correction asks for all of them, documents included. */
  async function read() {
    const names = edits ? '' : `&variableNames=${signing.VARIABLES.join()}`;
    task = await (await signing.get(taskUrl)).json();
    const text = await (await signing.get(`${taskUrl}/form-variables?deserializeValues=false${names}`)).text();
    if (text === seen) return; // what somebody is looking at stays still
    seen = text;
    const variables = JSON.parse(text);
    signing.VARIABLES.filter((key) => variables[key]).forEach((key) => {
      page.vars[key] = valueOf(variables[key]);
    });
    page.summary = signing.summaryOf(page.vars, urlOf);
    const uploaded = page.summary.documents.length ? page.vars.uploadedDocuments : [];
    page.problem = signing.problemInWords(page.vars.problem);
    if (!edits) return;
    held = signing.heldDocuments(variables, uploaded, urlOf);
    page.documents = held.slice();
    page.heldNames = page.documents.map((document) => document.variableName);
  }

  /** All that somebody can have entered, to tell whether there is anything to keep. */
  function entered() {
    const isEntered = (name) => name !== 'key' && !name.startsWith('$'); // a row's own, and what AngularJS adds
    const all = [page.request, page.reference, page.documents];
    return JSON.stringify(all, (name, value) => (isEntered(name) ? value : undefined));
  }

  function keep() {
    if (page.isGone || untouched === undefined || entered() === untouched) return;
    const { request, documents, reference, isReplacing } = page;
    drafts.set(draft, { request, documents, reference, isReplacing });
  }

  function valueOf({ value, type, valueInfo }) {
    const isJson = type === 'Json' || String((valueInfo || {}).serializationDataFormat).includes('json');
    if (!isJson || typeof value !== 'string') return value;
    try {
      return JSON.parse(value);
    } catch {
      return undefined; // to be entered anew
    }
  }

  function check(decision = page.isChecking) {
    const errors = {};
    const isNew = isStart || decision === 'retry';
    if (!decision) return errors;
    if (isNew && !page.vars.signingRequestId) Object.assign(errors, signing.checkRequest(page.request));
    if (isNew || decision === 'replaceDocuments') Object.assign(errors, signing.checkDocuments(page.documents));
    const day = form.querySelector('[name="dueDate"]');
    if (isNew && day && day.validity.badInput) errors.dueDate = signing.say('dueDateWrong');
    const reference = isStart && signing.textProblem(page.reference, 'line', signing.MAX_BUSINESS_KEY);
    if (reference) errors.businessKey = signing.say(...reference);
    return errors;
  }

  /** Checks, reads the documents, and completes the form the way Tasklist's own button does. */
  async function send(decision = 'start') {
    if (page.busy || page.isGone) return;
    Object.assign(page, { isChecking: decision, isTried: true });
    page.errors = check();
    Object.assign(page, { alert: '', isRestored: false, asking: undefined });
    if (page.hasErrors()) return stop('', '[aria-invalid="true"]');
    page.busy = signing.say('sending');
    focusOn('[role="status"]');
    try {
      if (!isStart) await signing.get(taskUrl); // before anything is read: somebody may have been faster
      page.outgoing = await variablesFor(decision);
    } catch (error) {
      return stop(error.cause ? error.message : await explain(error));
    }
    $scope.$apply(() => (page.busy = signing.say('sending')));
    if ($scope.complete) $scope.complete();
    else camForm.submit();
  }

  async function variablesFor(decision) {
    const variables = isStart ? [] : [{ name: 'decision', type: 'String', value: decision }];
    const onReading = (document) => $scope.$applyAsync(() => (page.busy = signing.say('reading', document.name)));
    if (isStart || decision === 'retry') {
      if (!page.vars.signingRequestId) {
        const request = await signing.withEncryptedNins(page.request, camForm.client.baseUrl);
        variables.push(...signing.requestVariables(request, page.vars));
      }
      variables.push(...(await signing.documentVariables(page.documents, page.heldNames || [], onReading)));
    }
    if (decision === 'replaceDocuments') {
      const all = await (await signing.get(`${taskUrl}/form-variables?deserializeValues=false`)).json();
      const held = signing.heldDocuments(all, [], urlOf).map((document) => document.variableName);
      variables.push(...(await signing.documentVariables(page.documents, held, onReading)));
    }
    return variables;
  }

  /** Ends the sending without success: says why, and leaves everything as it was entered. */
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
      const answer = await fetch(taskUrl, { credentials: 'same-origin', cache: 'no-store' }).catch(() => ({}));
      if (answer.status === 404) gone();
    }
    if (page.isGone) return '';
    if (error.status === 401) logIn();
    return signing.say('sendFailed', signing.reasonOf(error));
  }

  /** The situation may change while the form is open: shows it, and says so if nothing can be decided here any more. */
  async function look() {
    if (page.busy || page.isGone || page.isUnread) return;
    try {
      if (edits) task = await (await signing.get(taskUrl)).json(); // what is being written is left alone
      else await read();
      page.stale = '';
    } catch (error) {
      if (page.busy) return;
      if (error.status === 404) gone();
      else page.stale = signing.say('stale', signing.reasonOf(error));
      if (error.status === 401) logIn();
    }
    later(() => {});
  }

  /** Has Tasklist ask for the password, as it does itself; the draft is there again afterwards. */
  function logIn() {
    later(() => {
      const { $root } = $scope;
      $root.$broadcast('authentication.changed', null);
      $root.authentication = null;
      $root.$broadcast('authentication.login.required');
    });
  }

  /** Nothing can be sent from here any more; what has become of the case is offered as soon as it is known. */
  function gone() {
    page.isGone = true;
    if (task)
      signing
        .nextTask(camForm.client.baseUrl, task, () => form.isConnected)
        .then((next) => later(() => (page.next = next)))
        .catch(() => {}); // the list of tasks is there too
  }

  /** Whoever has decided stays with the case: its next task opens by itself, unless another has been opened meanwhile. */
  async function follow() {
    const isWanted = () => [undefined, task.id].includes($location.search().task);
    const { $root } = $scope;
    await new Promise((resolve) => setTimeout(resolve, 500)); // Tasklist closes this task first
    const next = await signing.nextTask(camForm.client.baseUrl, task, isWanted).catch(() => undefined);
    if (!next || !isWanted()) return;
    const open = () => $root.$applyAsync(() => $location.search({ ...$location.search(), task: next.id }));
    if (next.assignee) open();
    else camForm.client.resource('task').claim(next.id, user, open);
  }

  /** What AngularJS has no words for: files that are chosen or dropped, days, and keys that are Tasklist's. */
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
    let dragged; // the row of a document on its way to another place
    form.addEventListener('dragstart', ({ target }) => (dragged = target.closest('[data-document]')));
    form.addEventListener('dragend', () => (dragged = undefined));
    form.addEventListener('change', ({ target }) => {
      if (target.matches('[data-picker]')) {
        add(target.files);
        target.value = ''; // the same file may be chosen again after it was removed
      }
      if (target.matches('[type="date"]')) $scope.$apply(() => (page.request[target.name] = target.value));
    });
    ['dragenter', 'dragover', 'dragleave', 'drop'].forEach((type) =>
      form.addEventListener(type, (event) => {
        const zone = zoneOf(event);
        if (zone) zone.classList.toggle('signing-over', type === 'dragenter' || type === 'dragover');
        if (type !== 'dragleave') event.preventDefault(); // a file that misses the zone must not replace the page
        if (zone && type === 'drop') dropOn(zone, event.dataTransfer.files);
      }),
    );
    form.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !event.target.matches('[data-picker]')) return;
      event.preventDefault();
      event.target.click(); // it looks like a button, and Chromium opens it with the space bar only
    });
    form.addEventListener('keypress', (event) => {
      if (!isStart && event.ctrlKey) event.stopPropagation(); // Tasklist would complete the task without a decision
    });
  }
};
