/** What a reader wrote is text, never TeX: signs with a meaning there become others that look alike. */
export function plainTex(text: string): string {
  return `\\text{${text.replace(/[\\{}$%#&_^~]/g, (sign) => alike[sign])}}`;
}

const alike: Readonly<Record<string, string>> = {
  "\\": "∖",
  "{": "(",
  "}": ")",
  $: "＄",
  "%": "％",
  "#": "＃",
  "&": "＆",
  _: "＿",
  "^": "ˆ",
  "~": "∼",
};
