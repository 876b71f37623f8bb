/** Declarations as people write them, in the letters that the reader knows. */
const names =
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega";
const lower = new Map(names.split(" ").map((name, k) => [String.fromCodePoint(0x3b1 + k), name]));
const others: readonly (readonly [RegExp, string])[] = [
  [/ϕ/g, "phi"],
  [/ϑ/g, "theta"],
  [/ϵ/g, "epsilon"],
  [/µ/g, "mu"],
  [/×/g, " x "],
  [/∈/g, " in "],
  [/ℝ/g, "R"],
  [/·/g, "*"],
  [/−/g, "-"],
  [/⌊/g, "floor("],
  [/⌋/g, ")"],
  [/ᵢ|ⁱ/g, "^{i}"],
  [/([¹²³⁴-⁹])/g, "^$1"],
];

/** Greek letters by name, signs in ASCII, and marks as parts of names: @ stands for the mark of the instance. */
export function plainText(text: string): string {
  let plain = text.replace(/[α-ω]/g, (letter) => lower.get(letter)!);
  plain = plain.replace(/[Α-Ω]/g, (letter) => capital(lower.get(letter.toLowerCase())!));
  for (const [sign, ascii] of others) plain = plain.replace(sign, ascii);
  plain = plain.replace(/[¹²³⁴-⁹]/g, (digit) => digit.normalize("NFKC"));
  for (let before = ""; before !== plain; ) {
    before = plain;
    plain = plain.replace(/(?<!\bin\s+|\w)([A-Za-z]\w*)(@?)\s?([_^])\{([^{}]*)\}/g, marked);
  }
  return plain;
}

function capital(name: string): string {
  return name[0]!.toUpperCase() + name.slice(1);
}

function marked(_all: string, name: string, at: string, sign: string, inside: string): string {
  if (sign === "^" && /^\d+$/.test(inside) && /^[hkmnpqs]$/.test(name)) return `${name}^${inside}`;
  const marks = inside.split(",").map((mark) => mark.trim());
  const kept = marks.filter((mark) => mark !== "i").map((mark) => `_${mark}`);
  return name + kept.join("") + (kept.length < marks.length ? "@" : at);
}
