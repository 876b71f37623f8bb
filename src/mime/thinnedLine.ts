/** A long line as a screen can show it. */

interface Points {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/**
 * The line over `pixels` pixels: of each pixel's points the first, the lowest, the highest and the last, and a gap where
 * there is one, so that what is drawn covers the same pixels. A line with fewer points stays as it is. Points in the order of x.
 */
export function thinnedLine<Line extends Points>(line: Line, pixels: number): Points {
  const { x, y } = line;
  if (x.length <= 4 * pixels) return line;
  const [from, to] = [x[0], x[x.length - 1]];
  const kept: number[] = [];
  for (let start = 0; start < x.length; ) {
    const pixel = pixelOf(x[start], from, to, pixels);
    let end = start + 1;
    while (end < x.length && pixelOf(x[end], from, to, pixels) === pixel) end++;
    kept.push(...landmarks(y, start, end));
    start = end;
  }
  return { x: kept.map((k) => x[k]), y: kept.map((k) => y[k]) };
}

function pixelOf(x: number, from: number, to: number, pixels: number): number {
  return Math.floor(((x - from) / (to - from)) * pixels);
}

/** First, lowest, highest, last, and the first gap, in their order. */
function landmarks(y: ArrayLike<number>, start: number, end: number): number[] {
  let [low, high, gap] = [start, start, start];
  for (let k = start; k < end; k++) {
    if (!Number.isFinite(y[k])) gap = gap === start ? k : gap;
    else {
      if (!(y[k] >= y[low])) low = k;
      if (!(y[k] <= y[high])) high = k;
    }
  }
  return [...new Set([start, low, high, gap, end - 1])].sort((one, other) => one - other);
}
