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

test('durations are typed in words of any language, and sent as before', () => {
  const words = {
    '3 days': 'P3D', '1 day': 'P1D', '2 weeks': 'P2W', '6 hours': 'PT6H', '30 minutes': 'PT30M', '5 seconds': 'PT5S',
    '3 päivää': 'P3D', '1 päivä': 'P1D', '2 viikkoa': 'P2W', '6 tuntia': 'PT6H', '30 minuuttia': 'PT30M',
    '3 dagar': 'P3D', '1 dag': 'P1D', '2 dygn': 'P2D', '2 veckor': 'P2W', '6 timmar': 'PT6H', '30 minuter': 'PT30M',
    ' 3 DAYS ': 'P3D', '3days': 'P3D', 'P1DT12H': 'P1DT12H', 'often': 'often', '3': '3', '3 moons': '3 moons',
  };

  for (const [text, duration] of Object.entries(words)) assert.equal(signing.durationFrom(text), duration, text);
});

test('a duration is shown in words, and sent only if it is changed', () => {
  const vars = { ...VARIABLES, escalateAfter: 'P2D', escalateTo: 'heads', reminders: { firstAfter: 'p1dt12h', every: 'PT36H' } };

  const request = signing.requestFrom(vars);
  const sent = variablesAfter(vars, (changed) => (changed.remindersEvery = '2 days'));

  assert.equal(request.escalateAfter, '2 days');
  assert.equal(request.remindersEvery, '36 hours');
  assert.equal(request.remindersFirstAfter, 'p1dt12h');
  assert.deepEqual(variablesAfter(vars, () => {}), []);
  assert.deepEqual(sent, [{ name: 'reminders', type: 'Json', value: { firstAfter: 'p1dt12h', every: 'P2D' } }]);
});

test('each error belongs to its field', () => {
  const cases = [
    ['title', (request) => (request.title = '\u200b'), 'titleMissing'],
    ['actingHandle', (request) => (request.actingHandle = 'not an id'), 'actingHandleWrong'],
    ['statusCheckInterval', (request) => (request.statusCheckInterval = 'often'), 'durationWrong'],
    ['remindersEvery', (request) => (request.remindersEvery = '2 moons'), 'durationWrong'],
    ['remindersFirstAfter', (request) => (request.remindersFirstAfter = '366 days'), 'durationWrong'],
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

test('a name is not the address of another participant', () => {
  const errors = errorsAfter((request) =>
    request.participants.push({ ...signing.newParticipant(2), handle: 'olli@example.com', displayName: 'ANNA@example.com' }),
  );

  assert.deepEqual(Object.values(errors), ['nameIsHandle 1']);
});

test('every text exists in each language', () => {
  const [english, ...others] = Object.values(signing.texts).map((texts) => Object.keys(texts).sort());

  assert.equal(others.length, 2);
  for (const keys of others) assert.deepEqual(keys, english);
});
