import { readFileSync } from 'node:fs';

// what a browser offers
globalThis.navigator ??= { languages: ['en'] };

const FOLDER = new URL('../', import.meta.url);

/** Runs files of the forms as a form does; a message is the key of its text and the arguments. */
export const load = (...names) => {
  const signing = {};
  for (const name of names) {
    new Function('signing', readFileSync(new URL(`signing-${name}.js`, FOLDER), 'utf8'))(signing);
  }
  signing.t = (...words) => words.join(' ');
  return signing;
};
