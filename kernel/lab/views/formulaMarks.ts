/** Marks in formulas: colours #c24NNN in the TeX become classes, once the page's typesetter has set it. */

/** What the mark NNN says: 0 is what changed, k the k-th letter of a rule's law. */
const markClass = (mark: number): string => (mark === 0 ? "philab-changed" : "philab-letter");

/** Turns the marks below `root` into classes and `data-letter`, now and whenever a formula is set. */
export function watchMarks(root: HTMLElement, signal: AbortSignal): void {
  turnMarks(root);
  const observer = new MutationObserver(() => turnMarks(root));
  observer.observe(root, { childList: true, subtree: true });
  signal.addEventListener("abort", () => observer.disconnect());
}

function turnMarks(root: HTMLElement): void {
  for (const node of root.querySelectorAll<HTMLElement>("[style*='color'], [mathcolor]")) {
    const mark = markIn(node);
    if (mark === undefined) continue;
    node.style.removeProperty("color");
    node.removeAttribute("mathcolor");
    node.classList.add(markClass(mark));
    if (mark > 0) node.dataset.letter = String(mark);
  }
}

/** KaTeX and MathJax write the colour into the style, as #c24001 or as rgb(194, 64, 1); MathML has an attribute. */
function markIn(node: HTMLElement): number | undefined {
  const colour = node.getAttribute("mathcolor") ?? node.style.color;
  const hex = /^#c24([0-9a-f]{3})$/i.exec(colour);
  if (hex) return Number.parseInt(hex[1], 16);
  const [, red, green, blue] = /^rgb\((\d+), ?(\d+), ?(\d+)\)$/.exec(colour)?.map(Number) ?? [];
  return red === 0xc2 && green >> 4 === 4 ? ((green & 15) << 8) | blue : undefined;
}

/** Lights what the letter under the pointer, or under the focus, stands for. */
export function lightLetters(root: HTMLElement, signal: AbortSignal): void {
  const light = (event: Event): void => {
    const pointed = event.target instanceof Element ? event.target.closest("[data-letter]") : null;
    const letter =
      pointed instanceof HTMLElement || pointed instanceof SVGElement ? pointed.dataset.letter : undefined;
    for (const node of root.querySelectorAll("[data-letter]"))
      node.classList.toggle("philab-lit", node.getAttribute("data-letter") === letter);
  };
  for (const event of ["pointerover", "focusin"]) root.addEventListener(event, light, { signal });
}
