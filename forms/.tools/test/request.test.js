import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from '../forms.js';

const signing = load('rules', 'texts', 'request', 'encryption');
// in a browser, it depends on the user's time zone
signing.dayOf ||= (time) => String(time).slice(0, 10);

const ANNA = { handle: 'anna@example.com', role: 'signer' };
const VARIABLES = { title: 'Lease', participants: [ANNA] };

const variablesAfter = (vars, change) => {
  const request = signing.requestFrom(vars);
  change(request);
  return signing.requestVariables(request, vars);
};
const errorsAfter = (change) => {
  const request = signing.requestFrom(VARIABLES);
  change(request);
  return signing.checkRequest(request);
};

test('an unchanged request sends nothing', () => {
  const all = {
    ...VARIABLES,
    description: 'of the flat',
    recipientLanguage: 'fi',
    signatureStrength: 'light',
    dueDate: '2099-01-01T12:00:00Z',
    cannotSignDisabled: true,
    ownersHandles: ['boss@example.com'],
    metadata: { f1: 'A', f2: { value: 7 } },
    metadataTemplate: 't1',
  };

  const sent = variablesAfter(all, () => {});

  // the wrapper of a value is dropped, and so is a value that is SignSpace's default anyway
  assert.deepEqual(sent, [{ name: 'metadata', type: 'Json', value: { f1: 'A', f2: 7 } }]);
});

test('a cleared field is removed, and a default is not sent', () => {
  const sent = variablesAfter({ ...VARIABLES, description: 'x', recipientLanguage: 'fi' }, (request) => {
    request.description = ' ';
    request.recipientLanguage = '';
  });

  assert.deepEqual(sent, [
    { name: 'description', type: 'Null', value: null },
    { name: 'recipientLanguage', type: 'Null', value: null },
  ]);
});

test('text is sent in canonical form', () => {
  const [title, participants] = variablesAfter({}, (request) => {
    request.title = ' Lease\u200b';
    request.participants[0].handle = '\u202aanna@example.com\u202c ';
  });

  assert.equal(title.value, 'Lease');
  assert.deepEqual(participants.value, [ANNA]);
});

test('positions are sent only when the order counts, and only for signers', () => {
  const sent = variablesAfter(VARIABLES, (request) => {
    request.inOrder = true;
    request.participants.push({ ...signing.newParticipant(2), handle: 'eva@example.com', role: 'watcher' });
  });

  assert.deepEqual(sent[0].value, [{ ...ANNA, position: 1 }, { handle: 'eva@example.com', role: 'watcher' }]);
  assert.deepEqual(sent[1], { name: 'participantsListOrderRespected', type: 'Boolean', value: true });
});

test('reminders are one variable, and unchanged ones are not sent', () => {
  const reminders = { firstAfter: 'P3D', every: 'P2D', atMost: 0 };
  const entered = variablesAfter(VARIABLES, (request) =>
    Object.assign(request, { remindersFirstAfter: ' P3D ', remindersEvery: 'P2D', remindersAtMost: '0' }),
  );

  assert.deepEqual(entered, [{ name: 'reminders', type: 'Json', value: reminders }]);
  assert.deepEqual(variablesAfter({ ...VARIABLES, reminders }, () => {}), []);
  assert.deepEqual(
    variablesAfter({ ...VARIABLES, reminders: { atMost: 0 } }, (request) => (request.remindersAtMost = '')),
    [{ name: 'reminders', type: 'Null', value: null }],
  );
});

test('each error belongs to its field', () => {
  const cases = [
    ['title', (request) => (request.title = '\u200b'), 'titleMissing'],
    ['actingHandle', (request) => (request.actingHandle = 'not an id'), 'actingHandleWrong'],
    ['statusCheckInterval', (request) => (request.statusCheckInterval = 'often'), 'durationWrong'],
    ['remindersEvery', (request) => (request.remindersEvery = '2 days'), 'durationWrong'],
    ['remindersAtMost', (request) => (request.remindersAtMost = '101'), 'remindersAtMostWrong 100'],
    ['escalateTo', (request) => (request.escalateAfter = 'P2D'), 'escalateToMissing'],
    ['escalateAfter', (request) => (request.escalateTo = 'heads'), 'escalateAfterMissing'],
    ['ownersHandles', (request) => (request.ownersHandles = 'boss@example.com\nnobody'), 'ownersWrong 2'],
    ['dueDate', (request) => (request.dueDate = '2001-01-01'), 'dueDatePast'],
    ['participants', (request) => (request.participants[0].role = 'watcher'), 'signerMissing'],
    ['recipientLanguage', (request) => (request.recipientLanguage = 'de'), 'choiceWrong'],
    ['metadataTemplate', (request) => request.metadata.push({ key: 1, metadataId: 'f', metadataValue: 'x' }), 'metadataTemplateMissing'],
  ];
  for (const [field, change, error] of cases) assert.deepEqual(errorsAfter(change), { [field]: error });
});

test('the same person twice is one error, at the second row', () => {
  const errors = errorsAfter((request) =>
    request.participants.push({ ...signing.newParticipant(2), handle: 'ANNA@example.com' }),
  );

  assert.deepEqual(Object.values(errors), ['handleTwice 1']);
});

test('every text exists in each language', () => {
  const [english, ...others] = Object.values(signing.texts).map((texts) => Object.keys(texts).sort());

  assert.equal(others.length, 2);
  for (const keys of others) assert.deepEqual(keys, english);
});
