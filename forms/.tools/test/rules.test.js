import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { load } from '../forms.js';

const signing = load('rules');
const examples = JSON.parse(
  readFileSync(new URL('../../../src/test/resources/text-rules.json', import.meta.url), 'utf8'),
);

test('identity codes are normalized and recognized', () => {
  for (const { typed, as } of examples.codes) {
    const code = signing.normalizedCode(typed);
    assert.equal(signing.isIdentityCode(code) ? code : undefined, as, typed);
  }
});

test('identity codes are found in any spelling, and in nothing else', () => {
  for (const text of examples.hidden) assert.ok(signing.hasIdentityCode(text), text);
  for (const text of [...examples.masked, ...examples.harmless]) assert.ok(!signing.hasIdentityCode(text), text);
});

test('e-mail addresses are compared in canonical form', () => {
  for (const { text, as = text, problem } of examples.emails) {
    const valid = !signing.textProblem(signing.stripped(text), 'word') && signing.isEmail(signing.composed(text));
    assert.equal(valid, !problem, text);
    if (valid) assert.equal(signing.composed(text), as);
  }
});

test('a duration is from one second to 365 days', () => {
  for (const text of ['PT1S', 'PT30M', 'P1D', 'P52W', 'P365D', 'pt6h', 'P1DT12H', 'PT1.5S']) {
    assert.ok(signing.isDuration(text), text);
  }
  for (const text of ['', 'P', 'PT', 'PT0S', 'P366D', '30M', 'P1M', 'PT1H30', '-PT1H', 'P1D2H']) {
    assert.ok(!signing.isDuration(text), text);
  }
});

test('length is counted as users see it', () => {
  assert.equal(signing.lengthOf('a\u0308👩‍👩‍👧'), 2);
  assert.equal(signing.textProblem('👍🏽'.repeat(500), 'line', 500), undefined);
  assert.deepEqual(signing.textProblem('👍🏽'.repeat(501), 'line', 500), ['tooLong', 500]);
});
