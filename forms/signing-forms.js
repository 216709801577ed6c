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
  'signatures', 'lastCheckAt', 'nextCheckAt', 'uploadedDocuments',
];

/** An answer of the engine, read afresh; an error that carries the HTTP status otherwise. */
signing.get = async (url) => {
  const answer = await fetch(url, { credentials: 'same-origin', cache: 'no-store' });
  if (!answer.ok) throw Object.assign(new Error(`HTTP ${answer.status}`), { status: answer.status });
  return answer;
};

/**
 * Opens a form; the loader in its HTML calls this.
 *
 * @param name the file's name without .html
 * @param camForm Camunda's form, with the task or the process definition it belongs to
 * @param $scope the AngularJS scope of the form
 */
signing.open = async (name, camForm, $scope) => {
  const form = camForm.formElement[0];
  const isStart = !camForm.taskId;
  const taskUrl = `${camForm.client.baseUrl}/task/${camForm.taskId}`;
  const urlOf = (variable) => `${taskUrl}/variables/${encodeURIComponent(variable)}/data`;
  const later = (work) => setTimeout(() => form.isConnected && $scope.$apply(work));
  const focusOn = (selector) =>
    later(() => {
      const target = form.querySelector(selector) || form.querySelector('[role="alert"]');
      target.focus();
      target.scrollIntoView({ block: 'nearest' }); // focus alone leaves a large target half hidden
    });
  // what was entered survives a session that runs out: in memory only, for it may hold identity codes
  const drafts = (window.signingDrafts = window.signingDrafts || new Map());
  const draft = `${($scope.$root.authentication || {}).name} ${camForm.taskId || camForm.processDefinitionId}`;

  const page = {
    id: `signing-${isStart ? 'start' : camForm.taskId}`,
    isStart, // the template's business key is read by Tasklist when it starts the process
    fields: signing.FIELDS,
    today: signing.dayOf(new Date().toISOString()),
    vars: {},
    documents: [],
    errors: {},
    isUnclaimed: () => !isStart && Boolean($scope.options && $scope.options.disableForm),
    isLocked: () => Boolean(page.busy || page.isGone || page.isUnclaimed()),
    hasErrors: () => Object.keys(page.errors).length > 0,
    shows: (option, participant) => signing.showsField(option, participant, page.request),
    canEncrypt: signing.canEncrypt,
    sizeInWords: signing.sizeInWords,
    momentInWords: signing.momentInWords,
    standing: ({ isSigner, signature }) => {
      if (!isSigner) return 'copy';
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
    send,
  };

  camForm.on('submit', () => {
    camForm.submitPrevented = !page.outgoing;
    if (page.outgoing) page.outgoing.forEach((variable) => camForm.variableManager.createVariable(variable));
    else if (isStart) send(); // Tasklist's own button; it comes back here once everything is read
  });
  camForm.on('submit-failed', (error) => {
    if (page.outgoing) explain(error).then((text) => stop(text));
  });
  camForm.on('submit-success', () => drafts.delete(draft));
  camForm.on('store', () => {
    camForm.storePrevented = true;
    if (page.request) drafts.set(draft, { request: page.request, documents: page.documents });
  });
  listen();
  if ($scope.options) $scope.options.hideCompleteButton = true; // the forms have buttons of their own

  try {
    if (!isStart) await read();
  } catch (error) {
    page.isGone = true;
    page.alert = error.status === 404 ? signing.say('taskGone') : signing.say('loadFailed', error.message);
  }
  const kept = drafts.get(draft);
  if (name === 'start-signing' || name === 'correct-request') page.request = signing.requestFrom(page.vars);
  if (kept) Object.assign(page, kept, { notice: signing.say('draftRestored') });
  drafts.delete(draft);
  page.optionsOpen = Boolean(page.request) && signing.hasOptions(page.request);
  $scope.$apply(() => {
    const templates = camForm.formElement.injector().get('$templateCache');
    Object.entries(signing.parts).forEach(([part, html]) => templates.put(part, html));
    Object.assign($scope, { page, say: signing.say });
    $scope.$watch(() => check(), (errors) => (page.errors = errors), true);
    form.lang = signing.language;
    form.insertAdjacentHTML('beforeend', `<style>${signing.STYLES}</style>`);
  });
  if (isStart) focusOn('[name="title"]');

  /** Reads the task's variables as they are now. Only the correction asks for all of them, documents included. */
  async function read() {
    const names = name === 'correct-request' ? '' : `&variableNames=${signing.VARIABLES.join()}`;
    const variables = await (await signing.get(`${taskUrl}/form-variables?deserializeValues=false${names}`)).json();
    signing.VARIABLES.filter((key) => variables[key]).forEach((key) => {
      page.vars[key] = valueOf(variables[key]);
    });
    page.summary = signing.summaryOf(page.vars, urlOf);
    const uploaded = page.summary.documents.length ? page.vars.uploadedDocuments : [];
    if (!names) page.documents = signing.heldDocuments(variables, uploaded, urlOf);
    page.heldNames = page.documents.map((document) => document.variableName);
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
    return errors;
  }

  /** Checks, reads the documents, and completes the form the way Tasklist's own button does. */
  async function send(decision = 'start') {
    if (page.busy || page.isGone) return;
    page.isChecking = decision;
    page.errors = check();
    Object.assign(page, { alert: '', notice: '', asking: undefined });
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
  function stop(text, selector = '[role="alert"]') {
    later(() => {
      Object.assign(page, { busy: '', outgoing: undefined, alert: text });
      later(() => {
        const folded = form.querySelector('details [aria-invalid="true"]');
        if (folded) folded.closest('details').open = true;
      });
      focusOn(selector);
    });
  }

  async function explain(error) {
    const status = error.status || (error.response || {}).status;
    if (!isStart) {
      const task = await fetch(taskUrl, { credentials: 'same-origin', cache: 'no-store' }).catch(() => ({}));
      page.isGone = task.status === 404;
      if (page.isGone) return signing.say('taskGone');
    }
    if (status === 413 || error instanceof RangeError) return signing.say('sendFailed', signing.say('tooMuch'));
    return signing.say('sendFailed', error.message || signing.say('unanswered'));
  }

  /** What AngularJS has no words for: files that are chosen or dropped, days, and keys that are Tasklist's. */
  function listen() {
    const add = (files) =>
      $scope.$apply(() => page.documents.push(...Array.from(files, signing.chosenDocument)));
    const zoneOf = (event) => !page.isLocked() && event.target.closest('.signing-drop');
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
        if (zone && type === 'drop') add(event.dataTransfer.files);
      }),
    );
    form.addEventListener('keypress', (event) => {
      if (!isStart && event.ctrlKey) event.stopPropagation(); // Tasklist would complete the task without a decision
    });
  }
};
