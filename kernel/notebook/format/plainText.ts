/** Text of a notebook on its way to a terminal or into code: nothing in it moves a cursor, sets a title or turns letters round. */

/** Signs that end a line to JavaScript, that turn the direction of writing, or that nobody sees. */
const unseen = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** The text in one line; what a terminal would obey is written as its number. */
export function oneLine(text: string): string {
  return text.replace(unseen, (sign) => (sign === "\t" ? " " : escaped(sign)));
}

/** The text with its lines and tabs as they are; what else a terminal would obey is written as its number. */
export function plainText(text: string): string {
  return text.replace(unseen, (sign) => (sign === "\n" || sign === "\t" ? sign : escaped(sign)));
}

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
