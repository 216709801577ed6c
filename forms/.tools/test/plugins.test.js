/* The pages that Tasklist and Cockpit get from plugins say the same in every language. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

const FOLDER = new URL('../../../src/main/resources/plugin-webapp/', import.meta.url);
const FILES = ['signed-documents/app/plugin.js', 'signed-documents/app/timeline.js', 'signing-lists/app/texts.js'];

const places = (text) => [...text.matchAll(/\{\d\}/g)].map(([place]) => place).sort();

for (const file of FILES) {
  test(`${file} has the same texts in English, Finnish and Swedish`, async () => {
    const code = await readFile(new URL(file, FOLDER), 'utf8');
    const [, literal] = code.match(/const TEXTS = (\{[\s\S]*?\n\});/);
    const texts = new Function(`return ${literal};`)();

    assert.deepEqual(Object.keys(texts), ['en', 'fi', 'sv']);
    for (const language of ['fi', 'sv']) {
      assert.deepEqual(Object.keys(texts[language]), Object.keys(texts.en), language);
      for (const [key, text] of Object.entries(texts[language])) {
        assert.deepEqual(places(text), places(texts.en[key]), `${language} ${key}`);
      }
    }
  });
}
