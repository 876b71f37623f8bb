/** What of a page's columns is wider than they are, as a reader would see it: run off the edge, or cropped. */

import type { Page } from "playwright-core";

/**
 * A line for each element that reaches over the right or left edge of the column it stands in without a box of its own that
 * scrolls, or that a box without a scroller crops. `columns`: the selector of what holds an output. A column that scrolls
 * as a whole is no box of their own: with it all other outputs of the cell would move.
 */
export async function overflowing(page: Page, columns: string): Promise<string[]> {
  // tsx gives functions their names by a function of its own, which the page has not
  await page.evaluate("globalThis.__name ??= (named) => named");
  return page.evaluate((selector) => {
    const scrolls = (node: Element): boolean => /auto|scroll/.test(getComputedStyle(node).overflowX);
    const crops = (node: Element): boolean => /hidden|clip/.test(getComputedStyle(node).overflowX);
    /** For listeners alone, or the inside of what a typesetter or plotly draws. */
    const isInside = (node: Element): boolean =>
      node.closest(".katex-mathml, mjx-assistive-mml, .philab-unseen, svg, .js-plotly-plot") !== null;
    const name = (node: Element): string =>
      `${node.tagName.toLowerCase()}.${(node.getAttribute("class") ?? "").trim().replace(/\s+/g, ".")}`;
    const found: string[] = [];
    const walk = (node: Element, edges: DOMRect, column: Element): void => {
      for (const child of node.children) {
        const box = child.getBoundingClientRect();
        if (isInside(child) || box.width <= 1 || box.height <= 1) continue;
        const place = `${name(child)} in ${name(column)}: ${(child.textContent ?? "").trim().slice(0, 60)}`;
        const over = Math.max(box.right - edges.right, edges.left - box.left);
        // What is too wide is told once, not with all that it holds.
        if (over > 1) found.push(`${Math.round(over)} px over the edge: ${place}`);
        else if (crops(child) && child.scrollWidth > child.clientWidth + 1)
          found.push(`${child.scrollWidth - child.clientWidth} px cropped: ${place}`);
        else if (!scrolls(child)) walk(child, edges, column);
      }
    };
    for (const column of document.querySelectorAll(selector))
      if (column.clientWidth > 0) walk(column, column.getBoundingClientRect(), column);
    return found;
  }, columns);
}
