// The request in the start form and the correction form: from variables to fields, validation, and back.

// the empty choice is SignSpace's default, which is not sent
signing.CHOICES = {
  recipientLanguage: ['', 'fi', 'sv'],
  signatureStrength: ['', 'strong'],
  invitationType: ['', 'force_swr'],
};
signing.DEFAULTS = { recipientLanguage: 'en', signatureStrength: 'light', invitationType: 'default_signing' };
signing.WORDS = ['escalateAfter', 'escalateTo', 'requester', 'actingHandle', 'statusCheckInterval', 'metadataTemplate'];
signing.DURATIONS = ['statusCheckInterval', 'remindersFirstAfter', 'remindersEvery', 'escalateAfter'];
signing.SWITCHES = ['signingDiscussionDisabled', 'overdueSigningDisabled', 'cannotSignDisabled'];

/** The fields for reminders, and the properties of the variable. */
signing.REMINDERS = { remindersFirstAfter: 'firstAfter', remindersEvery: 'every', remindersAtMost: 'atMost' };
signing.MAX_REMINDERS = 100;

/** The start variables, except documents. */
signing.START = [
  'title', 'participants', 'participantsListOrderRespected', 'isProtected', 'description', 'dueDate', 'ownersHandles',
  'metadata', 'reminders', ...signing.WORDS, ...signing.SWITCHES, ...Object.keys(signing.CHOICES),
];

/** The fields in page order; each name is that of a variable, or of a property of a participant. */
signing.FIELDS = {
  TITLE: [{ name: 'title', help: true, required: true, maxLength: 4000 }],
  PARTICIPANT: [
    { name: 'position', inputMode: 'numeric', width: 'narrow' },
    { name: 'displayName', optional: true, width: 'wide' },
    { name: 'handle', inputMode: 'email', required: true, width: 'wide' },
    { name: 'role', kind: 'choice', values: ['signer', 'watcher'], width: 'middle' },
    { name: 'nin', maxLength: 40, width: 'middle' },
  ],
  RULES: [
    { name: 'inOrder', kind: 'switch' },
    { name: 'useNin', kind: 'switch', help: true },
  ],
  CASE: [{ name: 'dueDate', kind: 'day', help: true, optional: true }],
  OPTIONS: [
    { name: 'description', kind: 'lines', help: true, maxLength: 4000 },
    ...Object.entries(signing.CHOICES).map(([name, values]) => ({ name, kind: 'choice', values })),
    ...signing.SWITCHES.map((name) => ({ name, kind: 'switch' })),
    { name: 'ownersHandles', kind: 'lines', help: true },
    { name: 'remindersFirstAfter', help: true },
    { name: 'remindersEvery', help: true },
    { name: 'remindersAtMost', inputMode: 'numeric', help: true },
    ...signing.WORDS.map((name) => ({ name, help: true })),
  ],
  METADATA: [{ name: 'metadataId', required: true }, { name: 'metadataValue' }],
};

// people type "3 days", the variables are ISO 8601
const UNITS = { week: 'W', day: 'D', hour: 'H', minute: 'M', second: 'S' };
const inWords = (count, unit, locale) =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long', useGrouping: false })
    .format(count)
    .replace(/\s/g, ' ');
const ALSO = { dag: 'day', dagar: 'day' }; // besides "dygn"
const isUnit = (unit, word) =>
  ALSO[word.toLowerCase()] === unit ||
  Object.keys(signing.texts).some((language) =>
    [1, 2].some((count) => inWords(count, unit, language).toLowerCase() === `${count} ${word.toLowerCase()}`),
  );

/** Converts a duration in words of any of the languages to ISO 8601; other text stays as it is. */
signing.durationFrom = (text) => {
  const given = signing.stripped(text);
  const [, count, word] = /^(\d{1,8})\s*(\p{L}+)$/u.exec(given) || [];
  const unit = word && Object.keys(UNITS).find((one) => isUnit(one, word));
  return unit ? `P${/week|day/.test(unit) ? '' : 'T'}${Number(count)}${UNITS[unit]}` : given;
};

/** The reverse, in the user's language, for a duration with one unit. */
signing.durationInWords = (text) => {
  const [, days, hours] = /^P(?:(\d{1,8}[WD])|T(\d{1,8}[HMS]))$/.exec(text) || [];
  const part = days || hours;
  const unit = part && Object.keys(UNITS).find((one) => UNITS[one] === part.slice(-1));
  return unit ? inWords(parseInt(part, 10), unit, signing.locale) : text;
};

// rows are added and removed: each has its own key, so that an error stays with its field
signing.rows = 0;
signing.newParticipant = (position) => ({
  key: ++signing.rows, displayName: '', handle: '', role: 'signer', position, nin: '', encryptedNin: '',
});
signing.newMetadata = () => ({ key: ++signing.rows, metadataId: '', metadataValue: '' });

/** A participant's position and identity code are shown only when they are used. */
signing.showsField = (option, participant, request) => {
  if (option.name === 'position') return request.inOrder && participant.role === 'signer';
  if (option.name === 'nin') return request.useNin && participant.role === 'signer';
  return true;
};

/** Whether a participant has an identity code that is used, typed here or encrypted earlier. */
signing.usesNin = ({ role, nin, encryptedNin }, request) =>
  request.useNin && role === 'signer' && Boolean(signing.stripped(nin) || encryptedNin);

/** Converts variables to fields; missing or unreadable values become empty fields. */
signing.requestFrom = (vars) => {
  const ninFrom = (nin) => (signing.isEncrypted(nin) ? { encryptedNin: nin } : { nin });
  const text = (name) => (typeof vars[name] === 'string' ? vars[name] : '');
  const isOn = (name) => String(vars[name]) === 'true';
  const list = (name) => (Array.isArray(vars[name]) ? vars[name] : []);
  const participants = list('participants').map(Object).map((given, index) => ({
    ...signing.newParticipant(given.position || index + 1),
    displayName: String(given.displayName || given.display_name || ''),
    handle: String(given.handle || ''),
    role: String(given.role || 'signer').toLowerCase(),
    ...ninFrom(String(given.nin || '')),
  }));
  const request = {
    title: text('title'),
    participants: participants.length ? participants : [signing.newParticipant(1)],
    inOrder: isOn('participantsListOrderRespected'),
    useNin: isOn('isProtected') || participants.some(({ nin, encryptedNin }) => nin || encryptedNin),
    description: text('description'),
    dueDate: vars.dueDate ? signing.dayOf(vars.dueDate) : '',
    ownersHandles: list('ownersHandles').join('\n'),
    metadata: Object.entries(Array.isArray(vars.metadata) ? {} : Object(vars.metadata)).map(([id, given]) => {
      const value = given !== null && typeof given === 'object' && 'value' in given ? given.value : given;
      return { ...signing.newMetadata(), metadataId: id, metadataValue: String(value), given: value };
    }),
  };
  Object.entries(signing.DEFAULTS).forEach(([name, value]) => (request[name] = text(name) === value ? '' : text(name)));
  signing.WORDS.forEach((name) => (request[name] = text(name)));
  Object.entries(signing.REMINDERS).forEach(([field, name]) => {
    const value = Object(vars.reminders)[name];
    request[field] = value === undefined || value === null ? '' : String(value);
  });
  signing.DURATIONS.forEach((name) => (request[name] = signing.durationInWords(request[name])));
  signing.SWITCHES.forEach((name) => (request[name] = isOn(name)));
  return request;
};

/** Whether any option is set; the page then shows the options expanded. */
signing.hasOptions = (request) =>
  signing.FIELDS.OPTIONS.some((option) => request[option.name]) || request.metadata.length > 0;

/** Today, and the latest possible due date. */
signing.today = () => signing.dayOf(new Date().toISOString());
signing.lastDay = () => {
  const [year, ...monthAndDay] = signing.today().split('-');
  return [Number(year) + signing.MAX_YEARS_AHEAD, ...monthAndDay].join('-');
};

signing.linesOf = (text) => text.split('\n').map(signing.composed).filter(Boolean);

/** Validates the request. Returns the error texts by field; empty if it is valid. */
signing.checkRequest = (request) => {
  const errors = {};
  const wrong = (field, isWrong, ...text) => {
    if (isWrong && !errors[field]) errors[field] = signing.t(...text);
  };
  const checkText = (field, given, kind, max) => {
    const problem = signing.textProblem(signing.stripped(given), kind, max);
    if (problem) wrong(field, true, ...problem);
  };
  const today = signing.today();
  wrong('title', !signing.stripped(request.title), 'titleMissing');
  checkText('title', request.title, 'line', signing.MAX_TITLE);
  checkText('description', request.description);
  signing.WORDS.forEach((name) => checkText(name, request[name], 'word'));
  const rowOf = (handle) =>
    handle ? request.participants.findIndex((other) => signing.handleKey(other.handle) === handle) : -1;
  request.participants.forEach((participant, row) => {
    const { key } = participant;
    const handle = signing.handleKey(participant.handle);
    const twin = rowOf(handle);
    const isSigner = participant.role === 'signer';
    wrong(`handle${key}`, !handle, 'handleMissing');
    checkText(`handle${key}`, participant.handle, 'word');
    wrong(`handle${key}`, !signing.isEmail(signing.composed(participant.handle)), 'handleWrong');
    wrong(`handle${key}`, twin >= 0 && twin < row, 'handleTwice', twin + 1);
    wrong(`role${key}`, !['signer', 'watcher'].includes(participant.role), 'choiceWrong');
    wrong(`position${key}`, request.inOrder && isSigner && !/^[1-9]\d*$/.test(participant.position), 'positionWrong');
    checkText(`displayName${key}`, participant.displayName, 'line');
    const named = rowOf(signing.handleKey(participant.displayName));
    wrong(`displayName${key}`, named >= 0 && named !== row, 'nameIsHandle', named + 1);
    if (!signing.usesNin(participant, request)) return; // codes are optional for each signer
    const nin = signing.normalizedCode(participant.nin);
    wrong(`nin${key}`, nin && !signing.canEncrypt(), 'ninNeedsHttps');
    wrong(`nin${key}`, nin && !signing.isIdentityCode(nin), 'ninWrong');
    wrong(`displayName${key}`, /^[^\s\p{Z}]+$/u.test(signing.stripped(participant.displayName)), 'nameTooShort');
  });
  wrong('participants', !request.participants.some(({ role }) => role === 'signer'), 'signerMissing');
  wrong('dueDate', request.dueDate && !/^\d{4}-/.test(request.dueDate), 'dueDateWrong');
  wrong('dueDate', request.dueDate && request.dueDate < today, 'dueDatePast');
  wrong('dueDate', request.dueDate && request.dueDate > signing.lastDay(), 'dueDateTooFar', signing.MAX_YEARS_AHEAD);
  Object.entries(signing.CHOICES).forEach(([name, values]) =>
    wrong(name, !values.includes(request[name]), 'choiceWrong'),
  );
  const actingHandle = signing.composed(request.actingHandle);
  wrong('actingHandle', actingHandle && !signing.isEmail(actingHandle) && !signing.isId(actingHandle), 'actingHandleWrong');
  const requester = signing.composed(request.requester);
  wrong('requester', requester && !signing.isEmail(requester), 'handleWrong');
  signing.linesOf(request.ownersHandles).forEach((line, index) => {
    checkText('ownersHandles', line, 'word');
    wrong('ownersHandles', !signing.isEmail(line) && !signing.isGroup(line), 'ownersWrong', index + 1);
  });
  signing.DURATIONS.forEach((name) => {
    const duration = signing.durationFrom(request[name]);
    wrong(name, duration && !signing.isDuration(duration), 'durationWrong');
  });
  const reminders = signing.stripped(request.remindersAtMost);
  const isCount = /^\d{1,3}$/.test(reminders) && Number(reminders) <= signing.MAX_REMINDERS;
  wrong('remindersAtMost', reminders && !isCount, 'remindersAtMostWrong', signing.MAX_REMINDERS);
  const [after, to] = [signing.stripped(request.escalateAfter), signing.stripped(request.escalateTo)];
  wrong('escalateTo', after && !to, 'escalateToMissing');
  wrong('escalateAfter', to && !after, 'escalateAfterMissing');
  request.metadata.forEach(({ key, metadataId, metadataValue }, row) => {
    const id = signing.stripped(metadataId);
    const twin = request.metadata.findIndex((other) => signing.stripped(other.metadataId) === id);
    checkText(`metadataId${key}`, metadataId);
    checkText(`metadataValue${key}`, metadataValue);
    wrong(`metadataId${key}`, !id, 'metadataIdMissing');
    wrong(`metadataId${key}`, twin < row, 'metadataIdTwice');
  });
  wrong('metadataTemplate', request.metadata.length && !signing.stripped(request.metadataTemplate), 'metadataTemplateMissing');
  return errors;
};

signing.checkDocuments = (documents) => {
  const total = documents.reduce((sum, document) => sum + (document.size || 0), 0);
  if (!documents.length) return { documents: signing.t('documentsMissing') };
  if (documents.length > signing.MAX_DOCUMENTS)
    return { documents: signing.t('documentsTooMany', signing.MAX_DOCUMENTS, documents.length) };
  if (documents.some((document) => document.problem)) return { documents: signing.t('documentsWrong') };
  if (total > signing.MAX_TOTAL_SIZE)
    return { documents: signing.t('documentsTooLarge', signing.formatSize(signing.MAX_TOTAL_SIZE)) };
  return {};
};

/**
 * Returns the variables that differ from those in the process; identity codes are already encrypted. Unchanged fields
 * are omitted, so that SignSpace's defaults apply; cleared fields become null.
 */
signing.requestVariables = (request, vars) => {
  const before = signing.requestFrom(vars);
  const usesNin = (participant) => signing.usesNin(participant, request);
  const participants = request.participants.map((participant) => {
    const sent = { handle: signing.composed(participant.handle), role: participant.role };
    const displayName = signing.stripped(participant.displayName);
    if (displayName) sent.displayName = displayName;
    if (request.inOrder && participant.role === 'signer') sent.position = Number(participant.position);
    if (usesNin(participant)) sent.nin = participant.encryptedNin;
    return sent;
  });
  const metadata = Object.fromEntries(
    request.metadata.map(({ metadataId, metadataValue, given }) => [
      signing.stripped(metadataId),
      String(given) === metadataValue ? given : metadataValue,
    ]),
  );
  const owners = signing.linesOf(request.ownersHandles);
  const valueOf = (field, known) => {
    if (!signing.DURATIONS.includes(field)) return signing.stripped(request[field]);
    return request[field] === before[field] ? String(known || '') : signing.durationFrom(request[field]);
  };
  const reminders = Object.fromEntries(
    Object.entries(signing.REMINDERS)
      .map(([field, name]) => [name, valueOf(field, Object(vars.reminders)[name])])
      .filter(([, value]) => value)
      .map(([name, value]) => [name, name === 'atMost' ? Number(value) : value]),
  );
  const wanted = {
    title: ['String', signing.stripped(request.title)],
    participants: ['Json', participants],
    participantsListOrderRespected: ['Boolean', request.inOrder],
    isProtected: ['Boolean', request.participants.some(usesNin) || (request.useNin && String(vars.isProtected) === 'true')],
    description: ['String', signing.stripped(request.description)],
    // an unchanged due date keeps its time of day
    dueDate: ['String', request.dueDate === before.dueDate && request.dueDate ? vars.dueDate : request.dueDate],
    ownersHandles: ['Json', owners.length ? owners : ''],
    metadata: ['Json', request.metadata.length ? metadata : ''],
    reminders: ['Json', Object.keys(reminders).length ? reminders : ''],
  };
  Object.keys(signing.CHOICES).forEach((name) => (wanted[name] = ['String', request[name]]));
  signing.WORDS.forEach((name) => (wanted[name] = ['String', valueOf(name, vars[name])]));
  signing.SWITCHES.forEach((name) => (wanted[name] = ['Boolean', request[name]]));
  const orDefault = (name, value) => JSON.stringify(value || signing.DEFAULTS[name] || '');
  return Object.entries(wanted)
    .filter(([name, [, value]]) => orDefault(name, value) !== orDefault(name, vars[name]))
    .map(([name, [type, value]]) => (value === '' ? { name, type: 'Null', value: null } : { name, type, value }));
};
