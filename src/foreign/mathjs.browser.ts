import bundle from "mathjs/lib/browser/math.js";

/** mathjs as a page has it: in the page's own bundle. It takes the place of mathjs.node.ts by package.json's "browser". */
export function loadMathjs(): typeof bundle {
  return bundle;
}
