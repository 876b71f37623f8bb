/** TeX as a list of signs, each with how deep it stands in braces and environments. */

export interface TexSign {
  /** A command with its backslash, or one sign. */
  readonly text: string;
  /** 0 where it stands in no braces and in no environment; of what opens and closes, the depth outside. */
  readonly depth: number;
}

const opening = new Set(["{", "\\begin"]);
const closing = new Set(["}", "\\end"]);

/** The signs of a text, blanks and commands of space and size left out. */
export function texSigns(tex: string): TexSign[] {
  const texts = tex.match(/\\[A-Za-z]+|\\[^A-Za-z]|:=|\S/gu) ?? [];
  let depth = 0;
  return texts
    .filter((text) => !/^\\(?:[,;:!> ]|left|right|[bB]igg?[lr]?|quad|qquad|displaystyle)$/.test(text))
    .map((text) => {
      if (closing.has(text)) depth -= 1;
      const sign = { text, depth };
      if (opening.has(text)) depth += 1;
      return sign;
    });
}
