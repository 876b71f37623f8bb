/** The static form of a figure: axes with ticks and titles around whatever is drawn, as SVG text. */

/** One axis: what it measures, from where to where, and whether it runs down. */
export interface Axis {
  readonly title: string;
  readonly range: readonly [number, number];
  /** Places of the ticks and what they say; chosen from the range where none are given. */
  readonly ticks?: readonly (readonly [place: number, label: string])[];
}

/** A frame of the given inner size in pixels. */
export interface PlotFrame {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly x: Axis;
  readonly y: Axis;
  /** Legend entries: a colour and what it stands for. */
  readonly legend?: readonly { colour: string; name: string }[];
}

/** Where a point of the data lies in the drawing, in pixels. */
export type ToPixels = (x: number, y: number) => readonly [number, number];

const margin = { left: 64, top: 36, right: 16, bottom: 48 };
const font = 'font-family="system-ui, sans-serif" font-size="12" fill="#222"';

/** An SVG picture on white: `draw` gives the marks, `place` turns data into pixels. Text is escaped. */
export function svgFigure(frame: PlotFrame, draw: (place: ToPixels) => string): string {
  const { width, height } = frame;
  const legendHeight = 18 * (frame.legend?.length ?? 0);
  const whole = [width + margin.left + margin.right, height + margin.top + margin.bottom + legendHeight];
  const place: ToPixels = (x, y) => [
    margin.left + width * fraction(frame.x.range, x),
    margin.top + height * (1 - fraction(frame.y.range, y)),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole[0]}" height="${whole[1]}" viewBox="0 0 ${whole.join(" ")}" role="img" aria-label="${escaped(frame.title)}">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    draw(place),
    `<rect x="${margin.left}" y="${margin.top}" width="${width}" height="${height}" fill="none" stroke="#888"/>`,
    text(margin.left + width / 2, 22, frame.title, 'text-anchor="middle" font-weight="600"'),
    ...axisX(frame, place),
    ...axisY(frame, place),
    ...legend(frame),
    "</svg>",
  ].join("");
}

/** Pictures of one size side by side, two in a row, with lines of words above them. */
export function svgGrid(pictures: readonly string[], caption: readonly string[]): string {
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(pictures[0]) as RegExpExecArray;
  const [columns, rows] = [Math.min(2, pictures.length), Math.ceil(pictures.length / 2)];
  const top = 8 + 20 * caption.length;
  const whole = [columns * Number(width), top + rows * Number(height)];
  const placed = pictures.map((picture, k) => {
    const [x, y] = [(k % 2) * Number(width), top + Math.floor(k / 2) * Number(height)];
    return picture.replace("<svg ", `<svg x="${x}" y="${y}" `);
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole[0]}" height="${whole[1]}" viewBox="0 0 ${whole.join(" ")}" role="img" aria-label="${escaped(caption.join("; "))}">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    ...caption.map((line, k) => text(12, 20 + 20 * k, line, k === 0 ? 'font-weight="600"' : "")),
    ...placed,
    "</svg>",
  ].join("");
}

/** Characters that mean something to XML, written as references. */
export function escaped(raw: string): string {
  const names: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return raw.replace(/[&<>"']/g, (letter) => names[letter]);
}

function axisX(frame: PlotFrame, place: ToPixels): string[] {
  const bottom = margin.top + frame.height;
  const ticks = ticksOf(frame.x).map(([x, label]) => {
    const [at] = place(x, 0);
    return `<path d="M${round(at)} ${bottom}v5" stroke="#888"/>${text(at, bottom + 18, label, 'text-anchor="middle"')}`;
  });
  return [...ticks, text(margin.left + frame.width / 2, bottom + 38, frame.x.title, 'text-anchor="middle"')];
}

function axisY(frame: PlotFrame, place: ToPixels): string[] {
  const ticks = ticksOf(frame.y).map(([y, label]) => {
    const [, at] = place(0, y);
    const line = `<path d="M${margin.left} ${round(at)}h-5" stroke="#888"/>`;
    return line + text(margin.left - 9, at + 4, label, 'text-anchor="end"');
  });
  const middle = margin.top + frame.height / 2;
  return [
    ...ticks,
    text(16, middle, frame.y.title, `text-anchor="middle" transform="rotate(-90 16 ${middle})"`),
  ];
}

function legend(frame: PlotFrame): string[] {
  const top = margin.top + frame.height + margin.bottom;
  return (frame.legend ?? []).map(({ colour, name }, k) => {
    const y = top + 18 * k;
    return `<path d="M${margin.left} ${y}h18" stroke="${escaped(colour)}" stroke-width="3"/>${text(margin.left + 24, y + 4, name)}`;
  });
}

/** Ticks at a round step (1, 2 or 5 times a power of ten), at most six steps. */
function ticksOf({ range, ticks }: Axis): readonly (readonly [number, string])[] {
  if (ticks) return ticks;
  const [least, greatest] = [Math.min(...range), Math.max(...range)];
  const rough = (greatest - least) / 5 || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((k) => k * power >= rough) ?? 10);
  const first = Math.ceil(least / step);
  const count = Math.floor(greatest / step) - first + 1;
  return Array.from({ length: count }, (_, k) => [(first + k) * step, written((first + k) * step)]);
}

function fraction([from, to]: readonly [number, number], x: number): number {
  return to === from ? 0.5 : (x - from) / (to - from);
}

function text(x: number, y: number, content: string, attributes = ""): string {
  return `<text x="${round(x)}" y="${round(y)}" ${font} ${attributes}>${escaped(content)}</text>`;
}

function written(x: number): string {
  return String(Number(x.toPrecision(6)));
}

function round(x: number): number {
  return Math.round(10 * x) / 10;
}
