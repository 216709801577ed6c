import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from '../forms.js';

const signing = load('rules', 'texts', 'request', 'forms', 'summary');

const ANNA = { handle: 'anna@example.com', displayName: 'Anna Virtanen', role: 'signer', position: 2 };
const OLLI = { handle: 'olli@example.com', role: 'signer', position: 1 };

test('a signature is shown at its signer, by address or name, and each only once', () => {
  const summary = signing.summaryOf(
    {
      participants: [ANNA, OLLI],
      signatures: [{ signedBy: 'ANNA Virtanen' }, { signedBy: 'Anna Virtanen' }],
      signaturesCompleted: 2,
    },
    () => '',
  );

  assert.deepEqual(summary.participants.map(({ signature }) => Boolean(signature)), [true, false]);
  assert.equal(summary.otherSignatures.length, 1);
  assert.ok(summary.knowsWho);
});

test('participants are listed in signing order', () => {
  const vars = { participants: [ANNA, OLLI], participantsListOrderRespected: true };

  const { participants } = signing.summaryOf(vars, () => '');

  assert.deepEqual(participants.map(({ handle }) => handle), [OLLI.handle, ANNA.handle]);
});

test('only a web address is a link', () => {
  const urlOf = (url) => signing.summaryOf({ signingRequestUrl: url }, () => '').url;

  assert.equal(urlOf('https://app.signspace.com/r/1'), 'https://app.signspace.com/r/1');
  assert.equal(urlOf('javascript:alert(1)'), '');
});

test('a line that repeats an error shown at its field is left out', () => {
  const problem = 'participants[0].handle: This is no address.\ndueDate: The due date has passed.\nSignSpace is closed.';

  const words = signing.describeProblem(problem, { handle7: 'wrong' }, [{ key: 7 }]);

  assert.equal(words, 'seeMarks\nThe due date has passed.\nSignSpace is closed.');
});
