// Generated from 08-newton-cg-on-digits.ipynb by "philab export --to ts". Edit the notebook, not this file.
import type { Matrix } from "philab";

//| export: true
//| label: work
/** What an iteration of Newton-CG costs in l F: f for each length tried, ∇f, and |S|/l of (1 + 4 per CG step). */
export const workOf = ({ cgIters, alpha }: { cgIters: number; alpha: number }, share: number): number =>
  1 - Math.log2(alpha) + 3 + share * (1 + 4 * cgIters);

//| export: true
//| label: X13
/** The digit that each column of z says (X13): the row of its largest output, the first counted as 0. */
export function answersOf(z: Matrix): number[] {
  const columns = Array.from({ length: z.cols }, (_, i) => Array.from(z.data.slice(z.rows * i, z.rows * (i + 1))));
  return columns.map((column) => column.indexOf(Math.max(...column)));
}
//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJuYW1lcyI6W10sInNvdXJjZXMiOlsiLi4vMDgtbmV3dG9uLWNnLW9uLWRpZ2l0cy5pcHluYi93b3JrIiwiLi4vMDgtbmV3dG9uLWNnLW9uLWRpZ2l0cy5pcHluYi9YMTMiXSwic291cmNlc0NvbnRlbnQiOlsiLy98IGV4cG9ydDogdHJ1ZVxuLy98IGxhYmVsOiB3b3JrXG4vKiogV2hhdCBhbiBpdGVyYXRpb24gb2YgTmV3dG9uLUNHIGNvc3RzIGluIGwgRjogZiBmb3IgZWFjaCBsZW5ndGggdHJpZWQsIOKIh2YsIGFuZCB8U3wvbCBvZiAoMSArIDQgcGVyIENHIHN0ZXApLiAqL1xuY29uc3Qgd29ya09mID0gKHsgY2dJdGVycywgYWxwaGEgfTogeyBjZ0l0ZXJzOiBudW1iZXI7IGFscGhhOiBudW1iZXIgfSwgc2hhcmU6IG51bWJlcik6IG51bWJlciA9PlxuICAxIC0gTWF0aC5sb2cyKGFscGhhKSArIDMgKyBzaGFyZSAqICgxICsgNCAqIGNnSXRlcnMpOyIsIi8vfCBleHBvcnQ6IHRydWVcbi8vfCBsYWJlbDogWDEzXG4vKiogVGhlIGRpZ2l0IHRoYXQgZWFjaCBjb2x1bW4gb2YgeiBzYXlzIChYMTMpOiB0aGUgcm93IG9mIGl0cyBsYXJnZXN0IG91dHB1dCwgdGhlIGZpcnN0IGNvdW50ZWQgYXMgMC4gKi9cbmZ1bmN0aW9uIGFuc3dlcnNPZih6OiBNYXRyaXgpOiBudW1iZXJbXSB7XG4gIGNvbnN0IGNvbHVtbnMgPSBBcnJheS5mcm9tKHsgbGVuZ3RoOiB6LmNvbHMgfSwgKF8sIGkpID0+IEFycmF5LmZyb20oei5kYXRhLnNsaWNlKHoucm93cyAqIGksIHoucm93cyAqIChpICsgMSkpKSk7XG4gIHJldHVybiBjb2x1bW5zLm1hcCgoY29sdW1uKSA9PiBjb2x1bW4uaW5kZXhPZihNYXRoLm1heCguLi5jb2x1bW4pKSk7XG59Il0sIm1hcHBpbmdzIjoiOzs7Ozs7T0FHQSxNQUFNLE9BQU8sRUFBRSxDQUFDLEVBQUUsT0FBTyxFQUFFLE1BQU0sQ0FBQyxFQUFFLEVBQUUsT0FBTyxFQUFFLE1BQU0sRUFBRSxLQUFLLEVBQUUsT0FBTyxDQUFDLEVBQUUsS0FBSyxFQUFFLE1BQU0sQ0FBQyxFQUFFLE9BQU87RUFDN0YsRUFBRSxFQUFFLElBQUksQ0FBQyxJQUFJLENBQUMsS0FBSyxFQUFFLEVBQUUsRUFBRSxFQUFFLE1BQU0sRUFBRSxDQUFDLEVBQUUsRUFBRSxFQUFFLEVBQUUsT0FBTyxDQUFDOzs7OztPQ0R0RCxTQUFTLFNBQVMsQ0FBQyxDQUFDLEVBQUUsTUFBTSxDQUFDLEVBQUUsTUFBTSxDQUFDLEVBQUU7RUFDdEMsTUFBTSxRQUFRLEVBQUUsS0FBSyxDQUFDLElBQUksQ0FBQyxFQUFFLE1BQU0sRUFBRSxDQUFDLENBQUMsS0FBSyxDQUFDLEVBQUUsQ0FBQyxDQUFDLEVBQUUsQ0FBQyxFQUFFLEdBQUcsS0FBSyxDQUFDLElBQUksQ0FBQyxDQUFDLENBQUMsSUFBSSxDQUFDLEtBQUssQ0FBQyxDQUFDLENBQUMsS0FBSyxFQUFFLENBQUMsRUFBRSxDQUFDLENBQUMsS0FBSyxFQUFFLENBQUMsRUFBRSxFQUFFLENBQUMsQ0FBQyxDQUFDLENBQUMsQ0FBQztFQUNoSCxPQUFPLE9BQU8sQ0FBQyxHQUFHLENBQUMsQ0FBQyxNQUFNLEVBQUUsR0FBRyxNQUFNLENBQUMsT0FBTyxDQUFDLElBQUksQ0FBQyxHQUFHLENBQUMsR0FBRyxNQUFNLENBQUMsQ0FBQyxDQUFDO0FBQ3JFIiwiaWdub3JlTGlzdCI6W119
