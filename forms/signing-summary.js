// The summary: what was sent to whom, and who has signed.

/**
 * Returns the data that the summary shows for a request in SignSpace: title, people and documents as they were sent, since
 * a correction that was given up has changed only the variables.
 */
signing.summaryOf = (vars, urlOf) => {
  const list = (name) => (Array.isArray(vars[name]) ? vars[name] : []);
  const left = list('signatures').slice();
  const sent = signing.sentRequest(vars.signingState);
  const asked = sent ? sent.creation.participants : [];
  const isOrdered = String(vars.participantsListOrderRespected) === 'true';
  const inOrder = asked.length ? asked.some(({ position }) => position) : isOrdered;
  const people = (asked.length ? asked : list('participants')).map(Object);
  const participants = people.map((given) => {
    const name = nameOf(given);
    const handle = String(given.handle || '');
    const isSigner = String(given.role || 'signer').toLowerCase() === 'signer';
    const position = inOrder && isSigner ? Number(given.position) || 0 : 0;
    const signature = isSigner ? takeSignature(handle, name) : undefined;
    return { name, handle, isSigner, position, signature, initials: signing.initialsOf(name || handle.split('@')[0]) };
  });
  // in signing order; participants without a position come last
  if (inOrder) participants.sort((a, b) => (a.position || Infinity) - (b.position || Infinity) || 0);
  // SignSpace may report the number of signatures without the names
  const knowsWho = list('signatures').length >= (vars.signaturesCompleted || 0);
  const status = String(vars.signingStatus).toLowerCase();
  const isDeclined = ['declined', 'rejected'].includes(status);
  const isClosed = ['on_hold', 'complete', 'cancelled', 'expired', 'missing'].includes(status);
  const missing = participants.filter(({ isSigner, signature }) => isSigner && !signature);
  participants.forEach((person) => (person.state = stateOf(person)));
  return {
    title: sent ? sent.creation.title : vars.title,
    status: signing.describeStatus(vars.signingStatus),
    url: /^https?:\/\//.test(vars.signingRequestUrl) ? vars.signingRequestUrl : '',
    documents: (sent ? sent.documents : list('uploadedDocuments')).map((document) => ({
      name: document.fileName,
      size: document.size,
      sha256: document.sha256,
      url: urlOf(document.variableName),
    })),
    participants,
    otherSignatures: left,
    doubt: !knowsWho ? 'maybeSigned' : isDeclined && missing.length > 1 ? 'maybeDeclined' : '',
  };

  /** As the API reports it, except for requests that no one can sign: SignSpace says who has signed, but neither whose turn it is nor who has declined. */
  function stateOf({ isSigner, signature, position }) {
    if (!isSigner) return '';
    if (signature) return signature.documentsReplacedAt ? 'signedFormer' : 'signed';
    if (!knowsWho) return 'unknown';
    if (isDeclined) return missing.length === 1 ? 'declined' : 'unknown';
    if (isClosed) return 'notSigned';
    const isNext = position && missing.every((other) => !other.position || other.position >= position);
    return isNext ? 'next' : 'waiting';
  }

  function nameOf({ displayName, display_name: nameInApi }) {
    return String(displayName || nameInApi || '');
  }

  /** SignSpace may return names instead of addresses: a name counts if it can mean only one participant. */
  function takeSignature(handle, name) {
    const isSame = (a, b) => signing.handleKey(String(a)) === signing.handleKey(String(b));
    const bearers = people.filter((person) => [person.handle, nameOf(person)].some((text) => isSame(text, name)));
    const names = name && bearers.length === 1 ? [handle, name] : [handle];
    const found = left.findIndex(({ signedBy }) => signedBy && names.some((text) => isSame(text, signedBy)));
    return found < 0 ? undefined : left.splice(found, 1)[0];
  }
};

/** The request in the workers' state, a JWS in compact serialization (RFC 7515); undefined if there is none. */
signing.sentRequest = (state) => {
  try {
    const base64 = state.split('.')[1].replace(/-/g, '+').replace(/_/g, '/');
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const { request } = JSON.parse(new TextDecoder().decode(bytes));
    return request.creation && request.documents && request;
  } catch {
    return undefined;
  }
};

/** The first letters of the first and the last name. */
signing.initialsOf = (name) => {
  const letters = name.split(/[\s._-]+/).map((word) => (/[\p{L}\p{N}]/u.exec(word) || [''])[0]).filter(Boolean);
  return [letters[0], ...letters.slice(1).slice(-1)].join('').toLocaleUpperCase(signing.locale);
};

signing.describeStatus = (status) => {
  if (!status) return signing.t('statusNone');
  const known = `status_${status}`;
  return known in signing.texts.en ? signing.t(known) : signing.t('statusOther', status);
};

/** Whether re-opening can change anything: an overdue request is open already, and a complete one stays complete. */
signing.canBeReopened = (status) => !['open', 'in_progress', 'overdue', 'complete', 'missing'].includes(status);

/**
 * Describes a problem reported by the workers, which is in English, in the user's language. A line that only repeats an
 * error shown at its field is omitted.
 *
 * @param errors errors by field, see signing.checkRequest
 */
signing.describeProblem = (problem, errors = {}, participants = []) => {
  const isMarked = (name, row, property) => {
    if (/^document\d*$/.test(name)) return 'documents' in errors;
    return (row && participants[row] ? property + participants[row].key : name) in errors;
  };
  const lines = String(problem || '').split('\n').filter(Boolean).map((line) => {
    const [, name, row, property, words] = /^(\w+)(?:\[(\d+)\])?(?:\.(\w+))?: (.+)$/.exec(line) || [];
    const isField = signing.shownVariables().includes(name) || /^document\d*$/.test(name);
    if (isField && isMarked(name, row, property)) return '';
    return signing.explain(isField ? words : line);
  });
  const unmarked = lines.filter(Boolean);
  return (lines.length > unmarked.length ? [signing.t('seeMarks'), ...unmarked] : unmarked).join('\n');
};
