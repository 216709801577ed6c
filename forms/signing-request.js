// The request as the start form and the correction show it: from variables to fields, checks, and back.

// the empty choice is SignSpace's own default, which is not sent
signing.CHOICES = {
  recipientLanguage: ['', 'fi', 'sv'],
  signatureStrength: ['', 'strong'],
  invitationType: ['', 'force_swr'],
};
signing.DEFAULTS = { recipientLanguage: 'en', signatureStrength: 'light', invitationType: 'default_signing' };
signing.SWITCHES = ['signingDiscussionDisabled', 'overdueSigningDisabled', 'cannotSignDisabled'];

/** The fields in their order on the page; a name is the variable's, or the property's of a participant. */
signing.FIELDS = {
  TITLE: [{ name: 'title', help: true, required: true, longest: 500 }],
  PARTICIPANT: [
    { name: 'position', inputMode: 'numeric', width: 'narrow' },
    { name: 'displayName', optional: true, width: 'wide' },
    { name: 'handle', inputMode: 'email', required: true, width: 'wide' },
    { name: 'role', kind: 'choice', values: ['signer', 'watcher'], width: 'middle' },
    { name: 'nin', longest: 11, width: 'middle' },
  ],
  RULES: [
    { name: 'inOrder', kind: 'switch' },
    { name: 'useNin', kind: 'switch', help: true },
  ],
  CASE: [{ name: 'dueDate', kind: 'day', help: true, optional: true }],
  OPTIONS: [
    { name: 'description', kind: 'lines', help: true },
    ...Object.entries(signing.CHOICES).map(([name, values]) => ({ name, kind: 'choice', values })),
    ...signing.SWITCHES.map((name) => ({ name, kind: 'switch' })),
    { name: 'ownersHandles', kind: 'lines', help: true },
    { name: 'actingHandle', help: true },
    { name: 'statusCheckInterval', help: true },
    { name: 'metadataTemplate', help: true },
  ],
  METADATA: [{ name: 'metadataId', required: true }, { name: 'metadataValue' }],
};

// rows come and go: each has a key of its own, so that a field and its error stay together
signing.rows = 0;
signing.newParticipant = (position) => ({
  key: ++signing.rows, displayName: '', handle: '', role: 'signer', position, nin: '', encryptedNin: '',
});
signing.newMetadata = () => ({ key: ++signing.rows, metadataId: '', metadataValue: '' });

/** A participant's order and identity code are asked for only when they matter. */
signing.showsField = (option, participant, request) => {
  if (option.name === 'position') return request.inOrder && participant.role === 'signer';
  if (option.name === 'nin') return request.useNin && participant.role === 'signer';
  return true;
};

/** Whether a participant has an identity code, typed here or encrypted before, that matters. */
signing.usesNin = ({ role, nin, encryptedNin }, request) =>
  request.useNin && role === 'signer' && Boolean(nin.trim() || encryptedNin);

/** The fields for what the variables say; whatever is absent or unreadable is an empty field. */
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
    actingHandle: text('actingHandle'),
    statusCheckInterval: text('statusCheckInterval'),
    metadataTemplate: text('metadataTemplate'),
    metadata: Object.entries(Array.isArray(vars.metadata) ? {} : Object(vars.metadata)).map(([id, given]) => {
      const value = given !== null && typeof given === 'object' && 'value' in given ? given.value : given;
      return { ...signing.newMetadata(), metadataId: id, metadataValue: String(value), given: value };
    }),
  };
  Object.entries(signing.DEFAULTS).forEach(([name, value]) => (request[name] = text(name) === value ? '' : text(name)));
  signing.SWITCHES.forEach((name) => (request[name] = isOn(name)));
  return request;
};

/** Whether any option is in use, so that the page shows them unfolded. */
signing.hasOptions = (request) =>
  signing.FIELDS.OPTIONS.some((option) => request[option.name]) || request.metadata.length > 0;

signing.linesOf = (text) => text.split('\n').map((line) => line.trim()).filter(Boolean);

/** What is wrong, in words, by field; empty if all is well. */
signing.checkRequest = (request) => {
  const errors = {};
  const wrong = (field, isWrong, ...text) => {
    if (isWrong && !errors[field]) errors[field] = signing.say(...text);
  };
  const today = signing.dayOf(new Date().toISOString());
  wrong('title', !request.title.trim(), 'titleMissing');
  request.participants.forEach((participant, row) => {
    const { key } = participant;
    const handle = participant.handle.trim().toLowerCase();
    const twin = request.participants.findIndex((other) => other.handle.trim().toLowerCase() === handle);
    const isSigner = participant.role === 'signer';
    wrong(`handle${key}`, !handle, 'handleMissing');
    wrong(`handle${key}`, !signing.isEmail(handle), 'handleWrong');
    wrong(`handle${key}`, twin < row, 'handleTwice', twin + 1);
    wrong(`role${key}`, !['signer', 'watcher'].includes(participant.role), 'choiceWrong');
    wrong(`position${key}`, request.inOrder && isSigner && !/^[1-9]\d*$/.test(participant.position), 'positionWrong');
    if (!signing.usesNin(participant, request)) return; // a code is each signer's choice
    const nin = participant.nin.trim().toUpperCase();
    wrong(`nin${key}`, nin && !signing.canEncrypt(), 'ninNeedsHttps');
    wrong(`nin${key}`, nin && !signing.isIdentityCode(nin), 'ninWrong');
    wrong(`displayName${key}`, /^\S+$/.test(participant.displayName.trim()), 'nameTooShort');
  });
  wrong('participants', !request.participants.some(({ role }) => role === 'signer'), 'signerMissing');
  wrong('dueDate', request.dueDate && request.dueDate < today, 'dueDatePast');
  Object.entries(signing.CHOICES).forEach(([name, values]) =>
    wrong(name, !values.includes(request[name]), 'choiceWrong'),
  );
  signing.linesOf(request.ownersHandles).forEach((line, index) =>
    wrong('ownersHandles', !signing.isEmail(line) && !/^group:[0-9a-f]{24}$/i.test(line), 'ownersWrong', index + 1),
  );
  wrong('statusCheckInterval', !signing.isDuration(request.statusCheckInterval.trim() || 'P1D'), 'statusCheckIntervalWrong');
  request.metadata.forEach(({ key, metadataId }, row) => {
    const twin = request.metadata.findIndex((other) => other.metadataId.trim() === metadataId.trim());
    wrong(`metadataId${key}`, !metadataId.trim(), 'metadataIdMissing');
    wrong(`metadataId${key}`, twin < row, 'metadataIdTwice');
  });
  wrong('metadataTemplate', request.metadata.length && !request.metadataTemplate.trim(), 'metadataTemplateMissing');
  return errors;
};

signing.checkDocuments = (documents) => {
  const total = documents.reduce((sum, document) => sum + (document.size || 0), 0);
  if (!documents.length) return { documents: signing.say('documentsMissing') };
  if (documents.some((document) => document.problem)) return { documents: signing.say('documentsWrong') };
  if (total > signing.LONGEST_SENDING)
    return { documents: signing.say('documentsTooLarge', signing.sizeInWords(signing.LONGEST_SENDING)) };
  return {};
};

signing.isEmail = (text) => /^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;]+$/.test(text);

/** An ISO 8601 duration of days, hours, minutes and seconds. */
signing.isDuration = (text) => /^P(?=\d|T\d)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/i.test(text);

/** A Finnish personal identity code: the day exists and the check character fits. */
signing.isIdentityCode = (code) => {
  const [, day, month, year, century, number, check] =
    /^(\d\d)(\d\d)(\d\d)([-+A-FU-Y])(\d{3})([0-9A-Y])$/.exec(code) || [];
  if (!check || Number(number) < 2) return false;
  const fullYear = { '+': 1800, A: 2000, B: 2000, C: 2000, D: 2000, E: 2000, F: 2000 }[century] || 1900;
  const date = new Date(Date.UTC(fullYear + Number(year), month - 1, day));
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === Number(day);
  return isDay && '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(day + month + year + number) % 31] === check;
};

/**
 * The variables that differ from what the process has; identity codes are encrypted already. What was never touched stays absent, so that SignSpace's own
 * default holds; what was emptied becomes null.
 */
signing.requestVariables = (request, vars) => {
  const before = signing.requestFrom(vars);
  const usesNin = (participant) => signing.usesNin(participant, request);
  const participants = request.participants.map((participant) => {
    const sent = { handle: participant.handle.trim(), role: participant.role };
    if (participant.displayName.trim()) sent.displayName = participant.displayName.trim();
    if (request.inOrder && participant.role === 'signer') sent.position = Number(participant.position);
    if (usesNin(participant)) sent.nin = participant.encryptedNin;
    return sent;
  });
  const metadata = Object.fromEntries(
    request.metadata.map(({ metadataId, metadataValue, given }) => [
      metadataId.trim(),
      String(given) === metadataValue ? given : metadataValue,
    ]),
  );
  const owners = signing.linesOf(request.ownersHandles);
  const wanted = {
    title: ['String', request.title.trim()],
    participants: ['Json', participants],
    participantsListOrderRespected: ['Boolean', request.inOrder],
    isProtected: ['Boolean', request.participants.some(usesNin) || (request.useNin && String(vars.isProtected) === 'true')],
    description: ['String', request.description.trim()],
    // untouched, a due date keeps its time of day
    dueDate: ['String', request.dueDate === before.dueDate && request.dueDate ? vars.dueDate : request.dueDate],
    ownersHandles: ['Json', owners.length ? owners : ''],
    actingHandle: ['String', request.actingHandle.trim()],
    statusCheckInterval: ['String', request.statusCheckInterval.trim()],
    metadataTemplate: ['String', request.metadataTemplate.trim()],
    metadata: ['Json', request.metadata.length ? metadata : ''],
  };
  Object.keys(signing.CHOICES).forEach((name) => (wanted[name] = ['String', request[name]]));
  signing.SWITCHES.forEach((name) => (wanted[name] = ['Boolean', request[name]]));
  const orDefault = (name, value) => JSON.stringify(value || signing.DEFAULTS[name] || '');
  return Object.entries(wanted)
    .filter(([name, [, value]]) => orDefault(name, value) !== orDefault(name, vars[name]))
    .map(([name, [type, value]]) => (value === '' ? { name, type: 'Null', value: null } : { name, type, value }));
};
