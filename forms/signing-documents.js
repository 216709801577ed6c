// Documents: chosen here or already in the process, their order, and their upload to the engine.

/** The maximum size of a document in SignSpace, in bytes (60 MB). */
signing.MAX_DOCUMENT_SIZE = 60 * 1024 * 1024;

/** The maximum total size of documents sent together, in bytes: encoded as Base64 in one JSON text, they must fit into the longest string that browsers support. */
signing.MAX_TOTAL_SIZE = 240 * 1024 * 1024;

/** The list entry for a file that the user has chosen; the file is read only when it is sent. */
signing.chosenDocument = (file) => ({
  name: file.name,
  size: file.size,
  mimeType: file.type || 'application/octet-stream',
  file,
  problem: signing.fileProblem(file),
});

signing.fileProblem = ({ name, size }) => {
  if (size === 0) return 'documentEmpty';
  if (size > signing.MAX_DOCUMENT_SIZE) return 'documentTooLarge';
  if (name.length > signing.MAX_FILE_NAME) return 'documentNameTooLong';
  return /\p{Cc}/u.test(name) || signing.textProblem(name, 'line') ? 'documentNameWrong' : '';
};

/** The documents in the process, in the order in which signatories see them. */
signing.heldDocuments = (variables, uploaded, urlOf) =>
  Object.entries(variables)
    .filter(([name, variable]) => variable.type === 'File' && name.startsWith('document'))
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([name, variable]) => ({
      name: variable.valueInfo.filename,
      size: (uploaded.find((document) => document.variableName === name) || {}).size,
      mimeType: variable.valueInfo.mimeType || 'application/octet-stream',
      variableName: name,
      url: urlOf(name),
    }));

/**
 * Returns the variables that make exactly these documents the request's document1…n. A document in the process that
 * keeps its name is not sent again; one that moves is read from the process and sent under its new name; a name that
 * is no longer used becomes null. All of this is one completion, so no document is lost between two steps.
 */
signing.documentVariables = async (documents, heldNames, onReading) => {
  const variables = [];
  const names = documents.map((_, index) => `document${index + 1}`);
  for (const [index, document] of documents.entries()) {
    if (document.variableName === names[index]) continue;
    onReading(document);
    variables.push({
      name: names[index],
      type: 'File',
      value: await signing.base64Of(document),
      valueInfo: { filename: document.name, mimeType: document.mimeType },
    });
  }
  for (const name of heldNames.filter((held) => !names.includes(held))) {
    variables.push({ name, type: 'Null', value: null });
  }
  return variables;
};

/**
 * Returns a document with the content that was sent.
 *
 * @param document with its SHA-256 in hex
 */
signing.sentDocument = async ({ name, url, sha256 }) => {
  const content = await (await signing.get(url)).blob();
  const digest = new Uint8Array(await window.crypto.subtle.digest('SHA-256', await content.arrayBuffer()));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (found !== sha256) throw new Error(signing.t('notAsSent', name));
  return content;
};

signing.base64Of = async (document) => {
  try {
    const bytes = document.file || (await (await signing.get(document.url)).blob());
    return await new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(bytes);
    });
  } catch (cause) {
    throw new Error(signing.t('readFailed', document.name), { cause });
  }
};
