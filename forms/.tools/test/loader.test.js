import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, test } from 'node:test';

const FOLDER = new URL('../../', import.meta.url);
const forms = readdirSync(FOLDER).filter((name) => name.endsWith('.html'));
const loaderOf = (form) => readFileSync(new URL(form, FOLDER), 'utf8').match(/<script cam-script fxn-script [^>]+>([^]+)<\/script>/)[1];

const browsersFetch = globalThis.fetch;
afterEach(() => (globalThis.fetch = browsersFetch));

/** An engine whose only deployed code calls `onOpen`. */
function engineWith(onOpen) {
  globalThis.onOpen = onOpen;
  const responses = {
    '/engine-rest/process-definition/p1': { deploymentId: 'd1' },
    '/engine-rest/deployment/d1/resources': [
      { id: 'r1', name: 'forms/signing-test.js' },
      { id: 'r2', name: 'forms/start-signing.html' },
    ],
    '/engine-rest/deployment/d1/resources/r1/data': 'signing.open = (...form) => globalThis.onOpen(form)',
  };
  return async (url) => ({ ok: url in responses, json: async () => responses[url], text: async () => responses[url] });
}

test('the loader is the same in every form', () => {
  const [first, ...others] = forms.map(loaderOf);

  for (const loader of others) assert.equal(loader, first);
});

for (const name of ['camForm', 'fxnForm']) {
  test(`a form is opened where the SDK calls it ${name}`, async () => {
    const form = { client: { baseUrl: '/engine-rest' }, processDefinitionId: 'p1', formElement: [{}], on: () => {} };
    const scope = {};
    const opened = new Promise((resolve) => (globalThis.fetch = engineWith(resolve)));

    new Function(name, '$scope', loaderOf(forms[0]))(form, scope);

    assert.deepEqual(await opened, [form, scope]);
  });
}
