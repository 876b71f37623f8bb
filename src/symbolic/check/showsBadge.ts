/** Whether something of unknown origin looks as if it had a badge: what has no certificate must not. */
import { areCaveats } from "./badge.js";

/** Whether a text, or a TeX or an HTML of it, looks to its reader as if it had a badge of what holds. */
export function showsBadge(text: string): boolean {
  return [text, withoutMarkup(text)].some((each) => markAndClaim.test(asRead(each)));
}

/** Whether a value has a badge of what holds in it, however deep: as data, or in a text, say the title of a figure. */
export function holdsBadge(value: unknown): boolean {
  const left = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next === "string" && showsBadge(next)) return true;
    if (typeof next !== "object" || next === null) continue;
    if (isBadge(next)) return true;
    for (const part of Object.values(next)) left.push(part);
  }
  return false;
}

function isBadge({ mark, caveats }: { readonly mark?: unknown; readonly caveats?: unknown }): boolean {
  return (mark === "holds" || mark === "nearly") && areCaveats(caveats);
}

const markAndClaim =
  /(?:(?:[✓✔☑✅🗸🗹]|\\checkmark).{0,40}?|(?:√|\\surd).{0,3}?)(?:allsizes|exactly|shapes,error|randomtrials)|≈.{0,40}?triedonnumbers/iu;

/** As a browser shows it: without comments, elements that are hidden, and tags. */
function withoutMarkup(text: string): string {
  return text
    .replace(/<!--(?:[^-]|-(?!->))*(?:-->|$)/g, "")
    .replace(element, (whole: string, _name: string, words: string) => (isHidden.test(words) ? "" : whole))
    .replace(/<[^<>]{0,2000}>/g, "");
}

const element = /<(\w{1,20})\b([^<>]{0,2000})>[^<]{0,2000}<\/\1\s*>/g;
const isHidden = /\bhidden\b|display\s*:\s*none/i;

/**
 * The signs that a reader sees, without the spaces between them: without entities, invisible signs, marks over letters, commands
 * that only set, and letters of other alphabets.
 */
function asRead(text: string): string {
  return text
    .replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));?/gi, (_, hex, decimal) =>
      signOf(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
    )
    .replace(/&check(?:mark)?;|&radic;|&Sqrt;/g, "✓")
    .replace(/&(?:nbsp|NewLine|Tab|zw\w+|shy|\w*sp|[A-Z]\w+Space);/g, "")
    .replace(/\\char\s*(?:"([0-9A-Fa-f]{1,6})|'([0-7]{1,8})|(\d{1,7}))/g, (_, hex, octal, decimal) =>
      signOf(Number.parseInt(hex ?? octal ?? decimal, hex ? 16 : octal ? 8 : 10)),
    )
    .replace(
      /\\(?:text|math|operatorname|mbox|[hmr]?kern|[hm]space|hskip|mskip)[a-z]*\*?|\\(?:q?quad|[,;:!> ])|[{}~]/g,
      "",
    )
    .normalize("NFKD")
    .replace(/[\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}]/gu, "")
    .replace(/[\u0251-\u058f]/g, (letter) => latin[letter] ?? letter)
    .replace(/\s+/g, "");
}

function signOf(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

/** Letters that look like those of the claims. */
const latin: Readonly<Record<string, string>> = Object.fromEntries(
  [..."аaеeіiѕsхxсcуyоoрpтtӏlαaοoιiτtρpκkνvɑaɩiօo".matchAll(/(.)(.)/gu)].map(([, other, own]) => [
    other,
    own,
  ]),
);
