// The documents: chosen here or already in the process, their order, and their bytes on the way to the engine.

/** The largest document that SignSpace takes, in bytes (60 MB). */
signing.LONGEST_DOCUMENT = 60 * 1024 * 1024;

/** All documents of one sending, in bytes: as base64 in one JSON text they must fit into the browser's longest string. */
signing.LONGEST_SENDING = 240 * 1024 * 1024;

/** What a list shows of a file that the user has chosen; it is read only when it is sent. */
signing.chosenDocument = (file) => ({
  name: file.name,
  size: file.size,
  mimeType: file.type || 'application/octet-stream',
  file,
  problem: signing.fileProblem(file),
});

signing.fileProblem = ({ name, size }) => {
  if (size === 0) return 'documentEmpty';
  if (size > signing.LONGEST_DOCUMENT) return 'documentTooLarge';
  if (name.length > signing.MAX_FILE_NAME) return 'documentNameTooLong';
  return /\p{Cc}/u.test(name) || signing.textProblem(name, 'line') ? 'documentNameWrong' : '';
};

/** The documents that the process holds, in the order in which signatories see them. */
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
 * The variables that make exactly these documents the request's document1…n. A held document that keeps its name is
 * not sent again; one that moves is read from the process and sent under its new name; a name that falls out becomes
 * null. All of it goes in one completion, so no document is lost between two steps.
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
    throw new Error(signing.say('readFailed', document.name), { cause });
  }
};
