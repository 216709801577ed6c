// The validation rules for text that users type, identical to the server's (TextRules, Handles and PersonalIdentityCode in
// its package signing): one table of examples tests both.

signing.MAX_STRING = 4000; // the limit of the engine, in UTF-16 code units
signing.MAX_BUSINESS_KEY = 255;
signing.MAX_FILE_NAME = 255;
signing.MAX_TITLE = 500; // in visible characters (grapheme clusters)
signing.MAX_DOCUMENTS = 100;
signing.MAX_YEARS_AHEAD = 10;

const BLANK = /[\p{Z}\p{Cc}]/u;
// modifiers that change the appearance of the preceding character: emoji, flags, some scripts
const STYLE = /[\u034f\u180b-\u180f\ufe00-\ufe0f\u{e0020}-\u{e007f}\u{e0100}-\u{e01ef}]/u;
// format characters and letters without a glyph; except number and verse signs, which have one
const UNSEEN = /[\p{Cf}\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/u;
const SEEN = /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]/u;
// not needed in a line of any script: invisible inside a word, reversing the direction of the following text, control characters and line separators
const DECEPTIVE = /[\p{Cc}\u2028\u2029\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/u;
const HALF = /\p{Cs}/u;
const DASH = /[\p{Pd}\u2212\u2043\u02d7]/u;

const isInvisible = (character) => STYLE.test(character) || (UNSEEN.test(character) && !SEEN.test(character));
const isBlankOrInvisible = (character) => BLANK.test(character) || isInvisible(character);
const isStripped = (character) => character !== '\0' && isBlankOrInvisible(character);
const nameOf = (character) => `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

/** Trims blanks and invisible characters, except U+0000. */
signing.stripped = (text) => {
  const characters = Array.from(text || '');
  const start = characters.findIndex((character) => !isStripped(character));
  if (start < 0) return '';
  let end = characters.length;
  while (isStripped(characters[end - 1]) && !STYLE.test(characters[end - 1])) end -= 1;
  return characters.slice(start, end).join('');
};

/** The canonical form of a handle for sending, and the form for comparing two handles. */
signing.composed = (text) => signing.stripped(text).normalize('NFC');
signing.handleKey = (text) => signing.composed(text).toLowerCase();

/** The number of visible characters. */
signing.lengthOf = (text) => Array.from(new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)).length;

/**
 * Validates a text. Returns the arguments for signing.t, or undefined if the text is valid.
 *
 * @param kind 'text' of any kind, 'line' for people, or 'word' for values that programs compare or look up
 */
signing.textProblem = (text, kind = 'text', max = signing.MAX_STRING) => {
  const characters = Array.from(text);
  const found = (test) => characters.find(test);
  const half = found((character) => HALF.test(character));
  if (text.includes('\0')) return ['characterWrong', 'U+0000'];
  if (half) return ['characterWrong', nameOf(half)];
  if (text.includes('\ufffd')) return ['characterWrong', 'U+FFFD'];
  if (signing.hasIdentityCode(text)) return ['codeWrong'];
  if (text.length > signing.MAX_STRING || signing.lengthOf(text) > max) return ['tooLong', max];
  const hidden = kind === 'word' ? found(isInvisible) : kind === 'line' && found((character) => DECEPTIVE.test(character));
  return hidden ? ['invisible', nameOf(hidden)] : undefined;
};

const MAX_EMAIL = 254;
const ATOM = '[^\\s\\p{Z}\\p{Cc}\\p{Cf}\\p{Cs}@.,;:<>()\\[\\]"\\\\]+';
const LABEL = '(?=[^.]{1,63}(?:\\.|$))[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}\\-]*[\\p{L}\\p{M}\\p{N}])?';
const EMAIL = new RegExp(`^(?=[^@]{1,64}@)${ATOM}(?:\\.${ATOM})*@(?:${LABEL}\\.)+(?=.{2})${LABEL}$`, 'u');

/** Whether a text in canonical form can be an e-mail address. */
signing.isEmail = (text) => text.length <= MAX_EMAIL && EMAIL.test(text);
signing.isGroup = (text) => /^group:[0-9a-f]{24}$/i.test(text);
signing.isId = (text) => /^[0-9A-Za-z_-]{1,100}$/.test(text);

/** An ISO 8601 duration from one second to 365 days. */
signing.isDuration = (text) => {
  const [isOne, weeks, days, hours, minutes, seconds] =
    /^P(?=[\dT])(?:(\d{1,3})W|(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{0,9})?)S)?)?)$/i.exec(text) || [];
  if (!isOne) return false;
  const day = 24 * 60 * 60;
  const parts = [[weeks, 7 * day], [days, day], [hours, 60 * 60], [minutes, 60], [seconds, 1]];
  const length = parts.reduce((sum, [number = 0, unit]) => sum + number * unit, 0);
  return length >= 1 && length <= 365 * day;
};

const CENTURIES = { 1800: '+', 1900: '-YXWVU', 2000: 'ABCDEF' };
const FORM =
  /^(?<day>[0-9]{2})(?<month>[0-9]{2})(?<year>[0-9]{2})(?<sign>[-+U-YA-F])(?<number>[0-9]{3})(?<check>[0-9A-Y])$/;
const SPELLED =
  /(?<![0-9]{2})(?<day>0[1-9]|[12][0-9]|3[01])(?<dot>[-. /]?)(?<month>0[1-9]|1[0-2])\k<dot>(?:18|19|20)?(?<year>[0-9]{2})(?<sign> {0,2}(?:[A-FU-Y]|[^0-9A-Z]{0,3}) {0,2})(?<number>[0-9]{3})(?<check>[0-9A-Y])(?![0-9A-Z])/gu;
// with a sign, a valid code needs no boundary, as in id…x
const ATTACHED = /[0-9]{6}[-+][0-9]{3}[0-9A-Y]/g;

const signOf = (code) => code.sign.trim();
const hasSign = (code) => /^[-+A-FU-Y]$/.test(signOf(code));

/** Whether the date exists (in any century if there is no sign) and the check character matches. */
const isRight = (code) => {
  const digits = code.day + code.month + code.year + code.number;
  const dateExists = ([century, signs]) => {
    if (hasSign(code) && !signs.includes(signOf(code))) return false;
    const date = new Date(Date.UTC(Number(century) + Number(code.year), code.month - 1, code.day));
    return date.getUTCMonth() === code.month - 1 && date.getUTCDate() === Number(code.day);
  };
  return (
    Number(code.number) >= 2 &&
    '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(digits) % 31] === code.check &&
    Object.entries(CENTURIES).some(dateExists)
  );
};

/** Normalizes a typed identity code: upper case, an ASCII sign, no blanks. */
signing.normalizedCode = (typed) =>
  Array.from(typed.normalize('NFKC'))
    .filter((character) => !isBlankOrInvisible(character))
    .map((character) => (DASH.test(character) ? '-' : character))
    .join('')
    .toUpperCase();

/** Whether a text is a valid Finnish personal identity code: the date exists and the check character matches. */
signing.isIdentityCode = (code) => {
  const { groups } = FORM.exec(code) || {};
  return Boolean(groups) && isRight(groups);
};

/** Returns the value of a digit of any script: each script has its digits in a row. */
const digitOf = (character) => {
  const code = character.codePointAt(0);
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
};

/** Escapes of JSON and URLs; of those with six digits, the digits may be the first ones of a code. */
const ESCAPES = [
  { json: /\\+u([0-9a-f]{4})/gi, url: /(?:%(?:25)*[0-9a-f]{2})+/gi },
  { json: /\\+u(?![0-9]{6})([0-9a-f]{4})/gi, url: /(?:%(?:25)*(?![0-9]{6})[0-9a-f]{2})+/gi },
];

/** Resolves some escapes of JSON and URLs, and those of HTML; the latter two may be encoded several times. */
const unescaped = (text, { json, url }) =>
  text
    .replace(json, (_, code) => String.fromCharCode(parseInt(code, 16)))
    .replace(url, (bytes) => {
      try {
        return decodeURIComponent(bytes.replace(/%(?:25)+(?=[0-9a-f]{2})/gi, '%'));
      } catch {
        return bytes;
      }
    })
    .replace(/&(?:amp;)*#x0*([0-9a-f]{1,5});?/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&(?:amp;)*#0*([0-9]{1,6});?/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&(?:amp;)*[a-z]{2,8};/gi, '-'); // most with a name that people use are dashes and blanks

/** As in a struck out digit, or one on a key. */
const MARK = /[\p{Mn}\p{Me}]/u;

/** Converts a text to what it would be on an ASCII keyboard: upper case, ASCII digits, dashes and blanks. */
const plain = (text) =>
  Array.from(text)
    .flatMap((character) => Array.from(character.normalize('NFKC')))
    .filter((character) => BLANK.test(character) || !(isInvisible(character) || MARK.test(character)))
    .map((character) => {
      if (BLANK.test(character)) return ' ';
      if (DASH.test(character)) return '-';
      if (/\p{Nd}/u.test(character)) return digitOf(character);
      const capital = character.toUpperCase();
      return capital.length === character.length ? capital : character; // ß stays one letter
    })
    .join('');

/** Whether the text contains a valid identity code in any spelling. A text with escapes can be read in two ways. */
signing.hasIdentityCode = (text) => ESCAPES.some((escapes) => hasPlainCode(plain(unescaped(text, escapes))));

const hasPlainCode = (ascii) => {
  SPELLED.lastIndex = 0;
  for (let found = SPELLED.exec(ascii); found; found = SPELLED.exec(ascii)) {
    const { groups: code, index } = found;
    const isPiece = /[0-9A-Z]$|[0-9]\.$/.test(ascii.slice(Math.max(0, index - 2), index));
    const isMeant = code.dot ? hasSign(code) : code.sign || !isPiece;
    if (isMeant && isRight(code) && (code.sign.trim() || code.check > '9')) return true;
    SPELLED.lastIndex = index + 1;
  }
  return (ascii.match(ATTACHED) || []).some(signing.isIdentityCode);
};
