import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

// what a web app serves as a module, in a folder without a package.json
const FILE = new URL('../../../src/main/resources/plugin-webapp/signing-lists/app/csv.js', import.meta.url);
const { decoded, parsed, written } = await import(
  `data:text/javascript;base64,${(await readFile(FILE)).toString('base64')}`
);

test('rows keep their numbers and their line breaks', () => {
  const { rows, delimiter, firstNumber } = parsed('"a;x";b\r\n1;"two\nlines ""q"""\r\n\r\n3;=A 1, B\r\n');
  assert.deepEqual(rows, [['a;x', 'b'], ['1', 'two\nlines "q"'], [''], ['3', '=A 1, B']]);
  assert.equal(delimiter, ';');
  assert.equal(firstNumber, 1);
});

test('a declared delimiter counts as a row', () => {
  assert.deepEqual(parsed('sep=,\na,b\n1,2'), { delimiter: ',', rows: [['a', 'b'], ['1', '2']], firstNumber: 2 });
});

test('an open quotation mark is left to the server', () => {
  assert.equal(parsed('a;b\n1;"open\n2;c'), null);
});

test('what is written is read alike', () => {
  const table = parsed('a\tb\n"x\ty"\tz');
  assert.deepEqual(parsed(written(table)).rows, table.rows);
});

test('texts of Windows are decoded, workbooks are not', () => {
  assert.equal(decoded(new Uint8Array([0xc4])), 'Ä');
  assert.equal(decoded(new TextEncoder().encode('\uFEFFÄ')), 'Ä');
  assert.equal(decoded(new Uint8Array([0x50, 0x4b, 0, 0])), null);
});
