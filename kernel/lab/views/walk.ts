/** The walk through a layer: an image, what each step makes of it, and the receptive field of what is pointed at. */

import { WALK_MIME } from "../../../src/mime/types.js";
import { matrix } from "../../../src/numeric/matrix.js";
import type { Matrix } from "../../../src/numeric/storage.js";
import type { ViewModule } from "./contract.js";
import { element } from "./element.js";
import { type LayerNumbers, type LayerSteps, layerSteps, readLayer } from "./layerModel.js";
import {
  type DrawnMap,
  type MapPart,
  type MapPicture,
  mapPicture,
  mapScale,
  mapsInRow,
} from "./mapPicture.js";
import { ownPicture } from "./ownPicture.js";
import { shortNumber } from "./shade.js";
import { onThemeChange } from "./theme.js";
import { viewModule } from "./viewModule.js";

/** Shows a WalkPayload. */
const view: ViewModule = viewModule(({ el, payload, signal }) =>
  el.replaceChildren(walk(readLayer(payload, WALK_MIME), signal)),
);

export default view;

/** A place of a map: of Z, of pad(Z), of φ, of a filter, of S (and what has its sides), or of the pooled maps. */
interface Place {
  readonly at: "bare" | "input" | "columns" | "filter" | "output" | "pooled";
  readonly row: number;
  readonly col: number;
  readonly channel: number;
}

/** One row of the walk: maps of one kind, one for each channel. */
interface Stage {
  readonly node: HTMLElement;
  readonly at: Place["at"];
  readonly arrow: string;
  draw(steps: LayerSteps): void;
  show(field: Field | undefined): void;
}

/** The parts of all maps that hang together: rows and columns from `row`, `col` on. */
interface Field {
  readonly input: { row: number; col: number; side: number };
  readonly output: { row: number; col: number; side: number };
  readonly pooled: { row: number; col: number } | undefined;
  /** The column of φ. */
  readonly column: MapPart;
  /** The part of pad(Z) in Z, which it may leave. */
  readonly bare: { row: number; col: number; side: number };
}

function walk(first: LayerNumbers, signal: AbortSignal): HTMLElement {
  let numbers = first;
  let steps = layerSteps(numbers);
  const status = element("p", { class: "philab-status", role: "status" }, invitation);
  const point = (place: Place | undefined): void => {
    const field = place && fieldOf(numbers, place);
    for (const stage of stages) stage.show(field);
    status.textContent = place && field ? words(numbers, steps, place, field) : invitation;
  };
  const stages = stagesOf(() => numbers, point);
  const draw = (): void => {
    steps = layerSteps(numbers);
    for (const stage of stages) stage.draw(steps);
  };
  const box = element("div", { class: "philab-walk" });
  const { a, b, d } = numbers.shape;
  const own =
    d === 1 || d === 3
      ? [
          ownPicture(box, { longest: Math.max(a, b), sides: { a, b }, channels: d }, (picture) => {
            numbers = { ...numbers, Z: matrix(d, a * b, picture.z) };
            draw();
            point(undefined); // what was said is of the picture before
          }),
        ]
      : [];
  box.append(element("div", { class: "philab-walk-status" }, status), ...rowsOf(stages), ...own);
  onThemeChange(signal, draw);
  draw();
  return box;
}

/** The images, φ below them, and what is made of it in a row as long as there is room. */
function rowsOf(stages: readonly Stage[]): HTMLElement[] {
  const begin = stages.filter(({ at }) => at === "bare" || at === "input");
  const images = element("div", { class: "philab-stages" }, ...begin.map(({ node }) => node));
  const [columns, ...rest] = stages.slice(begin.length);
  const parts = rest.map(({ arrow, node }) =>
    element("div", { class: "philab-walk-step" }, ...(arrow === "" ? [] : [arrowLine("→", arrow)]), node),
  );
  return [
    images,
    ...(columns ? [arrowLine("↓", columns.arrow), columns.node] : []),
    element("div", { class: "philab-stages philab-walk-steps" }, ...parts),
  ];
}

function arrowLine(sign: string, words: string): HTMLElement {
  return element(
    "p",
    { class: "philab-arrow" },
    element("span", { "aria-hidden": "true" }, `${sign} `),
    words,
  );
}

const invitation =
  "Point at a place of any map, or go there with the arrow keys: what it is computed from, and what it goes into, is framed in all others.";

// Over 40 lines: the steps of the layer in their order, one after the other as on a slide.
/** The steps in their order; `arrow` says what leads to each. */
function stagesOf(layer: () => LayerNumbers, point: (place: Place | undefined) => void): Stage[] {
  const { shape, dOut, q } = layer();
  const { aPad, bPad, a, b, d, h, aOut, bOut, pad } = shape;
  const make = (maps: Maps, matrixOf: (steps: LayerSteps) => Matrix): Stage => stage(maps, matrixOf, point);
  const [rows, places] = [h * h * d, aOut * bOut];
  const given = pad > 0 ? "pad(Z)" : "Z";
  const phiZ = `φ(${given})`;
  const output = { at: "output", rows: aOut, cols: bOut, count: dOut, width: 130 } as const;
  const small = { rows: Math.floor(aOut / q), cols: Math.floor(bOut / q), count: dOut, width: 130 };
  return [
    ...(pad > 0
      ? [make({ name: "Z", arrow: "", at: "bare", rows: a, cols: b, count: d, width: 190 }, () => layer().Z)]
      : []),
    make(
      {
        name: given,
        arrow: "",
        at: "input",
        rows: aPad,
        cols: bPad,
        count: d,
        width: 190,
      },
      ({ padded }) => padded,
    ),
    make(
      {
        name: phiZ,
        arrow: `φ: ${h} × ${h} × ${d} numbers of each of ${aOut} × ${bOut} places`,
        at: "columns",
        rows,
        cols: places,
        count: 1,
        width: 1000,
      },
      ({ phiZ }) => phiZ,
    ),
    make(
      {
        name: "W",
        arrow: `W ·: (${dOut} × ${rows}) · (${rows} × ${places}) → ${dOut} × ${places}`,
        at: "filter",
        rows: h,
        cols: h * d,
        count: dOut,
        width: 70,
      },
      () => layer().W,
    ),
    make({ name: `W ${phiZ}`, arrow: "", ...output }, ({ product }) => product),
    make({ name: "S", arrow: `+ b 1ᵀ: (${dOut} × 1) · (1 × ${places})`, ...output }, ({ S }) => S),
    make({ name: "σ(S)", arrow: "σ: entry by entry", ...output }, ({ sigma }) => sigma),
    ...(q === 1
      ? []
      : [
          make(
            {
              name: "pool(σ(S))",
              arrow: `pool: the largest of each ${q} × ${q} → ${dOut} × ${small.rows * small.cols}`,
              at: "pooled",
              ...small,
            },
            ({ pooled }) => pooled,
          ),
        ]),
  ];
}

interface Maps {
  readonly name: string;
  /** What leads to it, with its sizes. */
  readonly arrow: string;
  readonly at: Place["at"];
  readonly rows: number;
  readonly cols: number;
  readonly count: number;
  readonly width: number;
}

/** Entry (i, j) of map c lies at c + count (i + rows j) of what is drawn: channels and filters are rows of a matrix; φ is one. */
function stage(
  maps: Maps,
  matrixOf: (steps: LayerSteps) => Matrix,
  point: (place: Place | undefined) => void,
): Stage {
  const { name, arrow, at, rows, cols, count, width } = maps;
  const pictures: MapPicture[] = Array.from({ length: count }, (_, channel) =>
    mapPicture(
      count === 1 ? "" : `${channel + 1}`,
      width,
      (pixel) => at !== "filter" && point(pixel && { at, channel, row: pixel.row, col: pixel.col }),
    ),
  );
  const title = element(
    "h4",
    {},
    name,
    " ∈ R",
    element("sup", {}, at === "columns" ? `${rows} × ${cols}` : `${count} × ${rows * cols}`),
  );
  if (at !== "columns")
    title.append(" ", element("small", {}, `${count === 1 ? "" : `${count} maps of `}${rows} × ${cols}`));
  const node = element("section", { class: "philab-walk-stage" }, title, mapsInRow(pictures, width));
  return {
    node,
    at,
    arrow,
    draw(steps) {
      const M = matrixOf(steps);
      const isImage = at === "bare" || at === "input" || at === "columns";
      const look = isImage ? imageScale(M) : mapScale(M.data as Float64Array);
      for (const [c, picture] of pictures.entries())
        picture.draw({ rows, cols, ...look, value: (i, j) => M.data[c + count * (i + rows * j)] });
    },
    show(field) {
      for (const picture of pictures) picture.frame(field && partOf(at, field));
    },
  };
}

/** Images in grey, as they are seen, where nothing is negative. */
function imageScale({ data }: Matrix): Pick<DrawnMap, "scale" | "range"> {
  const look = mapScale(data as Float64Array);
  return look.scale === "sequential" ? { ...look, scale: "grey" } : look;
}

function partOf(
  at: Place["at"],
  { input, output, pooled, column, bare }: Field,
): Parameters<MapPicture["frame"]>[0] {
  if (at === "pooled") return pooled && { ...pooled, height: 1, width: 1 };
  if (at === "filter") return undefined;
  if (at === "columns") return column;
  const { row, col, side } = at === "bare" ? bare : at === "input" ? input : output;
  return { row, col, height: side, width: side };
}

/** The receptive field: a pooled place reads q × q places of S, n places of S read (n − 1) s + h pixels. */
function fieldOf({ shape, q }: LayerNumbers, { at, row, col }: Place): Field {
  const { h, s, d, pad, aOut, bOut } = shape;
  const frame = at === "bare" ? pad : 0;
  const around = { row: nearest(row + frame, h, s, aOut), col: nearest(col + frame, h, s, bOut), side: 1 };
  const output = {
    bare: around,
    input: around,
    filter: around,
    columns: { row: col % aOut, col: Math.floor(col / aOut), side: 1 },
    output: { row, col, side: 1 },
    pooled: { row: row * q, col: col * q, side: q },
  }[at];
  const input = { row: output.row * s, col: output.col * s, side: (output.side - 1) * s + h };
  const above = { row: Math.floor(output.row / q), col: Math.floor(output.col / q) };
  const isPooled = q > 1 && above.row < Math.floor(aOut / q) && above.col < Math.floor(bOut / q);
  const column = { row: 0, col: output.row + aOut * output.col, height: h * h * d, width: output.side };
  const bare = { ...input, row: input.row - pad, col: input.col - pad };
  return { input, output, pooled: isPooled ? above : undefined, column, bare };
}

/** The output place whose sub-image lies around a pixel. */
function nearest(pixel: number, h: number, s: number, length: number): number {
  return Math.max(0, Math.min(length - 1, Math.round((pixel - (h - 1) / 2) / s)));
}

function words(
  { shape, b, q }: LayerNumbers,
  steps: LayerSteps,
  { at, row, col, channel }: Place,
  field: Field,
): string {
  const { input, output } = field;
  const patch = `rows ${input.row + 1}–${input.row + input.side}, columns ${input.col + 1}–${input.col + input.side} of ${shape.pad > 0 ? "pad(Z)" : "Z"}`;
  if (at === "pooled") {
    const value = steps.pooled.data[channel + steps.pooled.rows * (row + Math.floor(shape.aOut / q) * col)];
    return `map ${channel + 1}, place (${row + 1}, ${col + 1}): the largest of ${q} × ${q} values of σ(S) is ${shortNumber(value)}; it sees ${patch}`;
  }
  const k = at === "output" || at === "filter" ? channel : 0;
  const place = output.row + shape.aOut * output.col;
  const value = (M: Matrix): number => M.data[k + M.rows * place];
  const sum = `${shortNumber(value(steps.product))} + ${shortNumber(b.data[k])} = ${shortNumber(value(steps.S))}`;
  return `map ${k + 1}, place (${output.row + 1}, ${output.col + 1}), column ${place + 1} of φ: w·z + b = ${sum}, σ(s) = ${shortNumber(value(steps.sigma))}; it sees ${patch}`;
}
