/** Whether something of unknown origin looks as if it had a badge: what has no certificate must not. */
import { areCaveats } from "./badge.js";

/** Whether a text, or a TeX or an HTML of it, looks to its reader as if it had a badge of what holds. */
export function showsBadge(text: string): boolean {
  return text.length > 0 && markAndClaim.test(asRead(text));
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
  /(?:[✓✔☑✅🗸🗹√]|\\checkmark|≈.{0,40}?tried on numbers).{0,40}?(?:all sizes|exactly|shapes, error)/iu;

/** The signs that a reader sees: without tags, entities, invisible signs, commands that only set, and letters of other alphabets. */
function asRead(text: string): string {
  return text
    .replace(/<[^<>]{0,200}>/g, "")
    .replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));?/gi, (_, hex, decimal) =>
      signOf(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
    )
    .replace(/&check(?:mark)?;/g, "✓")
    .replace(/&nbsp;|&(?:thin|en|em)sp;/g, " ")
    .replace(/\\char\s*(?:"([0-9A-Fa-f]{1,6})|'([0-7]{1,8})|(\d{1,7}))/g, (_, hex, octal, decimal) =>
      signOf(Number.parseInt(hex ?? octal ?? decimal, hex ? 16 : octal ? 8 : 10)),
    )
    .replace(/\\(?:text|math|operatorname|mbox)[a-z]*|\\(?:q?quad|[,;:! ])|[{}~]/g, " ")
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(/[\u0370-\u04ff]/g, (letter) => latin[letter] ?? letter)
    .replace(/\s+/g, " ");
}

function signOf(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

/** Letters that look like those of the claims. */
const latin: Readonly<Record<string, string>> = Object.fromEntries(
  [..."аaеeіiѕsхxсcуyоoрpтtӏlαaοoιiτtρpκkνv".matchAll(/(.)(.)/gu)].map(([, other, own]) => [other, own]),
);
