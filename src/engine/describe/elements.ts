/** Operations entry by entry, cut into tasks. */

import { dotBlock } from "../../numeric/dot.js";
import type { Elementwise } from "../../numeric/elementwise.js";
import { elementTasks } from "../kernels/elementwise.js";
import type { Workspace } from "../plan/workspace.js";
import { pieces } from "./sizes.js";

/** Numbers of one task: some 20 µs, whole blocks of a scalar product. */
export const numbersPerTask: number = 8 * dotBlock;

/** A stage that does an elementwise operation on n numbers at these addresses. */
export function addElements(
  work: Workspace,
  operation: Elementwise,
  { x, y, to, alpha }: Readonly<Record<"x" | "y" | "to" | "alpha", number>>,
  n: number,
): void {
  work.run(
    [...pieces(n, numbersPerTask)].map(({ from, count }) => {
      const at = from * work.bytes;
      return elementTasks[operation]({ x: x + at, y: y + at, to: to + at, alpha, count });
    }),
  );
}
