/** Declarations as people write them, in the letters that the reader knows. */
import { Stop } from "./stop.js";

const greek =
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega";
const others: readonly (readonly [RegExp, string])[] = [
  [/[ᵢⁱ]/g, "^{i}"],
  [/[¹²³⁴-⁹]/g, "^$&"],
  [/×/g, " x "],
  [/∈/g, " in "],
  [/·/g, "*"],
  [/−/g, "-"],
  [/⌊/g, "floor("],
  [/⌋/g, ")"],
];

/** Greek letters by name, signs in ASCII, and marks as parts of names: @ stands for the mark of the instance. */
export function plainText(text: string): string {
  if (/[$@]/.test(text)) throw new Stop("not judged", "$ and @ are no letters");
  let plain = text;
  for (const [sign, ascii] of others) plain = plain.replace(sign, ascii);
  plain = plain.replace(/[ϕϑϵµℝ¹²³⁴-⁹]/g, (letter) => letter.normalize("NFKC")).replace(/[α-ωΑ-Ω]/g, nameOf);
  for (let before = ""; before !== plain; ) {
    before = plain;
    plain = plain.replace(/(?<!\bin\s+|\w)([A-Za-z]\w*)(@?)\s?([_^])\{([^{}]*)\}/g, marked);
  }
  return plain;
}

function nameOf(letter: string): string {
  const small = letter.toLowerCase();
  const name = greek.split(" ")[small.charCodeAt(0) - 0x3b1];
  return letter === small ? name : name[0].toUpperCase() + name.slice(1);
}

function marked(_all: string, name: string, at: string, sign: string, inside: string): string {
  if (sign === "^" && /^\d+$/.test(inside) && /^[hkmnpqs]$/.test(name)) return `${name}^${inside}`;
  const marks = inside.split(",").map((mark) => mark.trim());
  const kept = marks.filter((mark) => mark !== "i").map((mark) => `_${mark}`);
  return name + kept.join("") + (kept.length < marks.length ? "@" : at);
}
