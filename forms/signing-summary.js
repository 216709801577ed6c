// What was sent to whom, and who has signed.

/** What the summary shows of a request that SignSpace has. */
signing.summaryOf = (vars, urlOf) => {
  const list = (name) => (Array.isArray(vars[name]) ? vars[name] : []);
  const left = list('signatures').slice();
  const participants = list('participants').map(Object).map((given) => {
    const name = String(given.displayName || given.display_name || '');
    const handle = String(given.handle || '');
    const isSigner = String(given.role || 'signer').toLowerCase() === 'signer';
    return { name, handle, isSigner, signature: isSigner ? takeSignature(left, [handle, name]) : undefined };
  });
  return {
    status: signing.statusInWords(vars.signingStatus),
    url: /^https?:\/\//.test(vars.signingRequestUrl) ? vars.signingRequestUrl : '',
    documents: list('uploadedDocuments').map((document) => ({
      name: document.fileName,
      size: document.size,
      url: urlOf(document.variableName),
    })),
    participants,
    othersWhoSigned: left,
    // SignSpace may tell how many have signed without telling who
    knowsWho: list('signatures').length >= (vars.signaturesCompleted || 0),
  };

  function takeSignature(signatures, names) {
    const same = (a, b) => a.trim().toLowerCase() === b.trim().toLowerCase();
    const found = signatures.findIndex(({ signedBy }) => signedBy && names.some((name) => same(name, signedBy)));
    return found < 0 ? undefined : signatures.splice(found, 1)[0];
  }
};

signing.statusInWords = (status) => {
  if (!status) return signing.say('statusNone');
  const known = `status_${status}`;
  return known in signing.texts.en ? signing.say(known) : signing.say('statusOther', status);
};
