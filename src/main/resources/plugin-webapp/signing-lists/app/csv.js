/*
 * The cells of a CSV file, so that a page can correct some and encrypt others before it sends them. The server reads the
 * file again and has the last word.
 */

const DELIMITERS = [";", ",", "\t"];

/** UTF-8, or what Windows writes; null for other files, such as workbooks and UTF-16. */
export function decoded(bytes) {
  if (bytes.slice(0, 4096).includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function cellsOf(text, delimiter) {
  const rows = [[]];
  const pattern = /"((?:[^"]|"")*)"|[^"\r\n\t;,][^\r\n\t;,]*|\r\n|[\r\n\t;,]/g;
  let cell = "";
  const add = () => {
    rows.at(-1).push(cell);
    cell = "";
  };
  let length = 0;
  for (const [token, quoted] of text.matchAll(pattern)) {
    length += token.length;
    if (quoted !== undefined) cell += quoted.replaceAll('""', '"');
    else if (token === delimiter) add();
    else if (/^[\r\n]/.test(token)) {
      add();
      rows.push([]);
    } else cell += token;
  }
  add();
  if (length !== text.length) return null;
  const isEnd = rows.at(-1).length === 1 && rows.at(-1)[0] === "";
  return isEnd ? rows.slice(0, -1) : rows;
}

/**
 * Null if a quotation mark is never closed, so that the server says where. The delimiter is the one with the most columns, in the first row.
 */
export function parsed(text) {
  const [declaration = "", declared] = /^"?sep=(.)"?(?:\r\n|\r|\n)/i.exec(text) ?? [];
  const table = text.slice(declaration.length);
  const first = cellsOf(table.split(/\r|\n/, 1)[0], null)?.[0][0] ?? "";
  const delimiter = declared ?? DELIMITERS.reduce((a, b) => (first.split(b).length > first.split(a).length ? b : a));
  const rows = cellsOf(table, delimiter);
  return rows && { delimiter, rows, firstNumber: declared ? 2 : 1 };
}

/** Every cell is quoted, so that nothing in it can be taken for a delimiter. */
export const written = ({ delimiter, rows }) =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter) + "\r\n").join("");
