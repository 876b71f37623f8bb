/** How wide a text is, near enough to leave room for it: no figure is drawn where letters could be measured. */

/** The width of a text in the page's font of a size, never too little for the fonts that pages use. */
export function textWidth(text: string, fontSize: number): number {
  let units = 0;
  for (const letter of text) units += letterWidth(letter);
  return units * fontSize;
}

/** The text in lines of at most a width, broken between words; a word that is wider is broken inside. */
export function wrappedText(text: string, width: number, fontSize: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (textWidth(longer, fontSize) <= width) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    line = word;
    while (textWidth(line, fontSize) > width && line.length > 1) {
      const cut = fitting(line, width, fontSize);
      lines.push(line.slice(0, cut));
      line = line.slice(cut);
    }
  }
  return [...lines, line];
}

/** How many letters fit; at least one. */
function fitting(word: string, width: number, fontSize: number): number {
  let count = 1;
  while (count < word.length && textWidth(word.slice(0, count + 1), fontSize) <= width) count++;
  return count;
}

function letterWidth(letter: string): number {
  if (/[iljtfrI.,:;|!'()[\] ·]/.test(letter)) return 0.4;
  if (/[mwMW—…%@]/.test(letter)) return 0.98;
  if (/[A-Z∂Σ∇→≤≥×⊗]/.test(letter)) return 0.76;
  return letter >= "\u2e80" ? 1.05 : 0.63;
}
