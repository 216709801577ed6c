import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from '../forms.js';

const signing = load('rules', 'documents');
signing.base64Of = async ({ name }) => `bytes of ${name}`;

const held = (name, variableName) => ({ name, variableName, mimeType: 'application/pdf' });
const file = (fileName, value) => ({ type: 'File', value, valueInfo: { filename: fileName } });

test('documents are listed in natural order', () => {
  const variables = { document10: file('j.pdf'), document2: file('b.pdf'), document1: file('a.pdf'), title: { type: 'String' } };

  const documents = signing.heldDocuments(variables, [{ variableName: 'document2', size: 7 }], (name) => `/${name}`);

  assert.deepEqual(documents.map(({ name, size, url }) => [name, size, url]), [
    ['a.pdf', undefined, '/document1'],
    ['b.pdf', 7, '/document2'],
    ['j.pdf', undefined, '/document10'],
  ]);
});

test('a document that keeps its place is not sent again', async () => {
  const sent = await signing.documentVariables([held('a.pdf', 'document1')], ['document1'], assert.fail);

  assert.deepEqual(sent, []);
});

test('removing the first document moves the others and frees the last name', async () => {
  const read = [];

  const sent = await signing.documentVariables(
    [held('b.pdf', 'document2'), held('c.pdf', 'document3')],
    ['document1', 'document2', 'document3'],
    ({ name }) => read.push(name),
  );

  assert.deepEqual(read, ['b.pdf', 'c.pdf']);
  assert.deepEqual(sent.map(({ name, value }) => [name, value]), [
    ['document1', 'bytes of b.pdf'],
    ['document2', 'bytes of c.pdf'],
    ['document3', null],
  ]);
});

test('a file that SignSpace would refuse has a reason', () => {
  const problems = [
    [{ name: 'a.pdf', size: 1 }, ''],
    [{ name: 'a.pdf', size: 0 }, 'documentEmpty'],
    [{ name: 'a.pdf', size: signing.MAX_DOCUMENT_SIZE + 1 }, 'documentTooLarge'],
    [{ name: `${'a'.repeat(252)}.pdf`, size: 1 }, 'documentNameTooLong'],
    [{ name: 'a\u202efdp.exe', size: 1 }, 'documentNameWrong'],
    [{ name: '131052-308T.pdf', size: 1 }, 'documentNameWrong'],
  ];
  for (const [given, problem] of problems) assert.equal(signing.fileProblem(given), problem, given.name);
});

test('a document is downloaded only as it was sent', async () => {
  const sha256 = '9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0'; // of "aaa"
  globalThis.window = globalThis;
  signing.get = async (url) => new Response(url);

  const content = await signing.sentDocument({ name: 'a.pdf', url: 'aaa', sha256 });

  assert.equal(await content.text(), 'aaa');
  await assert.rejects(signing.sentDocument({ name: 'a.pdf', url: 'aab', sha256 }), { message: 'notAsSent a.pdf' });
});
