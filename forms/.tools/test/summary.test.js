import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from '../forms.js';

const signing = load('rules', 'texts', 'request', 'forms', 'problems', 'summary');

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
  assert.equal(summary.doubt, '');
});

test('a name that two participants have, or that is the address of another one, shows no signature', () => {
  const signersOf = (participants, signedBy) =>
    signing.summaryOf({ participants, signatures: [{ signedBy }] }, () => '').participants.map(({ signature }) => Boolean(signature));
  const other = { ...OLLI, displayName: ANNA.displayName };

  assert.deepEqual(signersOf([ANNA, other], ANNA.displayName), [false, false]);
  assert.deepEqual(signersOf([ANNA, other], other.handle), [false, true]);
  assert.deepEqual(signersOf([{ ...ANNA, displayName: OLLI.handle }, OLLI], OLLI.handle), [false, true]);
});

test('what was sent is shown, not a correction that was given up', () => {
  const document = { variableName: 'document1', fileName: 'lease.pdf', size: 7, sha256: 'ab', fileId: 'F1' };
  const given = { title: 'Vuokrasopimus – Näköala', participants: [ANNA, OLLI] };
  const state = { version: 1, request: { id: 'R1', creation: given, documents: [document] } };
  const vars = {
    title: 'Other', participants: [{ handle: 'other@example.com' }], uploadedDocuments: [{ variableName: 'document1', fileName: 'other.pdf' }],
    signingState: `ey.${Buffer.from(JSON.stringify(state)).toString('base64url')}.mac`,
  };

  const { title, participants, documents } = signing.summaryOf(vars, (name) => `/${name}`);

  assert.equal(title, given.title);
  assert.deepEqual(participants.map(({ handle }) => handle), [OLLI.handle, ANNA.handle]);
  assert.deepEqual(documents, [{ name: 'lease.pdf', size: 7, sha256: 'ab', url: '/document1' }]);
  for (const signingState of ['ey.bm90IEpTT04.mac', 'ey', 7, `ey.${Buffer.from('{"version":1}').toString('base64url')}.mac`]) {
    assert.equal(signing.summaryOf({ ...vars, signingState }, () => '').title, 'Other');
  }
});

test('no one is awaited while a request cannot be signed', () => {
  const stateOf = (signingStatus) =>
    signing.summaryOf({ participants: [ANNA], signatures: [], signingStatus }, () => '').participants.map(({ state }) => state);

  for (const status of ['on_hold', 'cancelled', 'expired', 'missing']) assert.deepEqual(stateOf(status), ['notSigned']);
  for (const status of [undefined, 'open', 'in_progress', 'overdue', 'parked']) assert.deepEqual(stateOf(status), ['waiting']);
});

test('participants are listed in signing order', () => {
  const vars = { participants: [ANNA, OLLI], participantsListOrderRespected: true };

  const { participants } = signing.summaryOf(vars, () => '');

  assert.deepEqual(participants.map(({ handle }) => handle), [OLLI.handle, ANNA.handle]);
});

test('each signer has the state that the API reports', () => {
  const statesOf = (vars) => {
    const { participants, doubt } = signing.summaryOf({ participants: [ANNA, OLLI, { ...ANNA, role: 'watcher' }], ...vars }, () => '');
    return [...participants.map(({ state }) => state), doubt];
  };
  const byOlli = { signaturesCompleted: 1, signatures: [{ signedBy: OLLI.handle, signedAt: '2026-11-27T10:00:00Z' }] };
  const inOrder = { participantsListOrderRespected: true };

  assert.deepEqual(statesOf({}), ['waiting', 'waiting', '', '']);
  assert.deepEqual(statesOf(inOrder), ['next', 'waiting', '', '']);
  assert.deepEqual(statesOf({ ...inOrder, ...byOlli }), ['signed', 'next', '', '']);
  assert.deepEqual(statesOf({ ...byOlli, signingStatus: 'Declined' }), ['declined', 'signed', '', '']);
  assert.deepEqual(statesOf({ signingStatus: 'rejected' }), ['unknown', 'unknown', '', 'maybeDeclined']);
  assert.deepEqual(statesOf({ signaturesCompleted: 1 }), ['unknown', 'unknown', '', 'maybeSigned']);
  byOlli.signatures[0].documentsReplacedAt = '2026-11-27T11:00:00Z';
  assert.deepEqual(statesOf(byOlli), ['waiting', 'signedFormer', '', '']);
});

test('initials are those of the first and the last name', () => {
  assert.deepEqual(['Anna Maria Virtanen', 'öystein', 'olli.koski', '<b>Al</b>', ''].map(signing.initialsOf), ['AV', 'Ö', 'OK', 'B', '']);
});

test('elapsed time is shown in the largest unit', () => {
  const ago = (seconds) => signing.formatAgo(new Date(Date.now() - seconds * 1000).toISOString());

  assert.deepEqual([-5, 59, 7300, 200_000].map(ago), ['now', '59 seconds ago', '2 hours ago', '2 days ago']);
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

test('what is open or gone cannot be re-opened', () => {
  const reopened = ['on_hold', 'declined', 'expired', 'overdue', 'in_progress', 'complete', 'missing'].filter(signing.canBeReopened);

  assert.deepEqual(reopened, ['on_hold', 'declined', 'expired']);
});

test('every problem exists in each language, with the same places', () => {
  const placesOf = (text) => Array.from(text.matchAll(/\{\d\}/g), String).sort();

  for (const texts of signing.problems) {
    assert.deepEqual(Object.keys(texts), Object.keys(signing.texts));
    for (const text of Object.values(texts)) assert.deepEqual(placesOf(text), placesOf(texts.en), text);
  }
});

test('every problem is explained in the language of the user, and each part of it', () => {
  signing.language = 'sv';
  try {
    for (const { en, sv } of signing.problems) assert.equal(signing.explain(en), sv);
    assert.equal(
      signing.describeProblem('participants[1].handle: Participant 2: “x” contains an invisible character U+200B; type it again.'),
      'Deltagare 2: “x” innehåller ett osynligt tecken U+200B; skriv det igen.',
    );
    assert.equal(
      signing.explain('Cancelling signing request 4711 failed: HTTP 409 Conflict, SignSpace says: "busy". Correct what was sent.'),
      'Att återkalla begäran 4711 misslyckades: HTTP 409 Conflict, SignSpace säger: "busy". Rätta det som skickades.',
    );
    assert.equal(signing.explain('Something else.'), 'Something else.');
    assert.match(
      signing.explain(
        'The former signing request 4711, which was cancelled, is on_hold in SignSpace: its participants can sign it, too. Cancel it there, then keep waiting.',
      ),
      /statusen pausad i SignSpace/,
    );
    assert.equal(signing.explain('Participant open: complete'), 'Deltagare open: complete');
  } finally {
    signing.language = 'en';
  }
});

test('in English, a problem stays as it is', () => {
  for (const { en } of signing.problems) assert.equal(signing.explain(en), en);
});
