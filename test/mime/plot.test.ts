import assert from "node:assert/strict";
import { decode } from "fast-png";
import { explorePhi, md, plot, tex } from "../../src/index.js";
import { float64FromBase64, toBase64 } from "../../src/mime/base64.js";
import { colourAt, diverging } from "../../src/mime/colour.js";
import {
  type Bundle,
  type FigurePayload,
  PHI_MIME,
  type PhiPayload,
  PLOTLY_MIME,
  type Shown,
} from "../../src/mime/types.js";
import { image } from "../../src/numeric/image.js";
import { fromRows, matrix } from "../../src/numeric/matrix.js";
import { Pphi } from "../../src/numeric/phi.js";
import { randomMatrix } from "../../src/numeric/random.js";
import { displayKey } from "../../src/numeric/show.js";
import { convShape } from "../../src/shape.js";

const shape = convShape({ a: 4, b: 5, d: 2, h: 2, s: 2 });
const Z = image(randomMatrix(3, 20, { seed: 1 }), 4, 5);
const figures: [string, Shown][] = [
  ["image", plot.image(Z, { title: "boats" })],
  ["grey image", plot.image(image(matrix(1, 20), 4, 5))],
  ["heatmap of a matrix", plot.heatmap(fromRows([[1, -2, 3]]), { title: "S" })],
  [
    "heatmap of an image",
    plot.heatmap(image(randomMatrix(1, 20, { seed: 2, low: -1 }), 4, 5), { values: "s" }),
  ],
  ["sparsity, dot by dot", plot.sparsity(Pphi(shape))],
  ["sparsity, counted", plot.sparsity(Pphi(convShape({ a: 28, b: 28, d: 1, h: 5 })))],
  [
    "lines",
    plot.lines(
      [
        { x: [1, 2], y: [3, 5], name: "f" },
        { x: [1, 2], y: [Number.NaN, 4] },
      ],
      { x: "step", y: "f" },
    ),
  ],
  ["bars", plot.bars({ dense: 1.36e12, index: 4.4e6 }, { y: "bytes", log: true })],
  ["heatmap of rows as they are written", plot.heatmap([[1, -2, 3]], { title: "S" })],
];
/** The bytes of a PNG's pixels, row by row, three a pixel. */
const pixelsOf = (source: string): number[] =>
  Array.from(decode(new Uint8Array(Buffer.from(source.split(",")[1] as string, "base64"))).data);
const titleOf = (axis: unknown) => (axis as { title?: { text?: string } }).title?.text;

describe("a figure", () => {
  for (const [name, figure] of figures) {
    it(`(${name}) says what its axes are, in plotly's form and in the static one`, () => {
      const bundle = figure[displayKey]();
      const { layout } = bundle[PLOTLY_MIME] as FigurePayload;
      const svg = bundle["image/svg+xml"] as string;
      assert.match(bundle["text/plain"], /^Figure: /);
      assert.match(svg, /^<svg xmlns=.*<\/svg>$/s);
      for (const title of [titleOf(layout.xaxis), titleOf(layout.yaxis)].filter((text) => text !== "")) {
        assert.ok(title, "an axis without a title");
        assert.ok(svg.includes(`>${title}</text>`), `the static form lacks ${title}`);
      }
      assert.doesNotMatch(svg, /NaN|undefined|Infinity/);
      assert.deepEqual(JSON.parse(JSON.stringify(bundle)), bundle, "a figure must survive JSON");
    });
  }

  it("draws the pixels of an image at their places", () => {
    const bundle = plot.image(image(fromRows([[1, 0, 0, 0, 0, 0.5]]), 2, 3))[displayKey]();
    const { data } = bundle[PLOTLY_MIME] as FigurePayload;
    const bytes = Buffer.from((data[0].source as string).split(",")[1], "base64");
    const picture = decode(new Uint8Array(bytes));
    assert.deepEqual([picture.height, picture.width], [2, 3]);
    // pixel (1, 1) is the first entry, pixel (2, 3) the last: rows of the picture are the vertical places
    assert.deepEqual(
      Array.from(picture.data).filter((_, k) => k % 3 === 0),
      [255, 0, 0, 0, 0, 128],
    );
  });

  it("draws the first channel red, the second green, the third blue", () => {
    const Z = image(
      fromRows([
        [1, 0, 0, 0.2],
        [0, 1, 0, 0.4],
        [0, 0, 1, 0.6],
      ]),
      1,
      4,
    );
    const bundle = plot.image(Z)[displayKey]();
    const { data } = bundle[PLOTLY_MIME] as FigurePayload;
    const inSvg = /href="([^"]+)"/.exec(bundle["image/svg+xml"] as string)?.[1];
    for (const source of [data[0].source as string, inSvg!]) {
      assert.deepEqual(pixelsOf(source), [255, 0, 0, 0, 255, 0, 0, 0, 255, 51, 102, 153]);
    }
  });

  it("draws what is above zero red and what is below blue, white between and where there is none", () => {
    const M = fromRows([[3, -3, 0, Number.NaN]], { nonFinite: true });
    const svg = plot.heatmap(M)[displayKey]()["image/svg+xml"] as string;
    const pixels = pixelsOf(/href="([^"]+)"/.exec(svg)?.[1] as string);
    const [above, below, zero, none] = [0, 3, 6, 9].map((k) => pixels.slice(k, k + 3)) as [
      number[],
      number[],
      number[],
      number[],
    ];
    assert.ok(above[0]! > above[2]! + 50, `red ${above}`);
    assert.ok(below[2]! > below[0]! + 50, `blue ${below}`);
    assert.deepEqual(
      [zero, none],
      [
        [247, 247, 247],
        [255, 255, 255],
      ],
    );
  });

  it("shows a point without neighbours as a dot: one epoch's loss, a point between gaps", () => {
    const shown = (y: number[]): { circles: number; sizes: number[] | undefined; mode: string } => {
      const bundle = plot.lines([{ x: y.map((_, k) => k), y }])[displayKey]();
      const { data } = bundle["application/vnd.plotly.v1+json"] as {
        data: { mode: string; marker?: { size: number[] } }[];
      };
      const circles = [...(bundle["image/svg+xml"] as string).matchAll(/<circle /g)].length;
      return { circles, sizes: data[0]?.marker?.size, mode: String(data[0]?.mode) };
    };
    assert.deepEqual(shown([0.7]), { circles: 1, sizes: [6], mode: "lines+markers" });
    assert.deepEqual(shown([1, 2, Number.NaN, 3, Number.NaN, 4, 5]), {
      circles: 1,
      sizes: [0, 0, 0, 6, 0, 0, 0],
      mode: "lines+markers",
    });
    assert.deepEqual(shown([1, 2]), { circles: 0, sizes: undefined, mode: "lines" });
  });

  it("sets its ticks at round numbers within its axes, the first and the last too", () => {
    const ranges = [
      [0.3, 2.7],
      [1, 6],
      [-7.3, -0.2],
      [-0.013, 0.048],
      [99.7, 100.9],
      [1.5e6, 9.1e6],
      [2.1, 2.1],
    ] as const;
    for (const [least, greatest] of ranges) {
      const line = { x: [least, greatest], y: [greatest, least] };
      const svg = plot.lines([line])[displayKey]()["image/svg+xml"] as string;
      const [, left, top, width, height] =
        /<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)" fill="none"/.exec(svg)!.map(Number) as [
          number,
          number,
          number,
          number,
          number,
        ];
      const across = [...svg.matchAll(/<path d="M([\d.-]+) [\d.]+v5"[^>]*\/><text[^>]*>([^<]+)</g)];
      const down = [...svg.matchAll(/<path d="M[\d.]+ ([\d.-]+)h-5"[^>]*\/><text[^>]*>([^<]+)</g)];
      for (const [ticks, from, length] of [
        [across, left, width],
        [down, top, height],
      ] as const) {
        const text = `${least} to ${greatest}: ${ticks.map(([, at, label]) => `${label} at ${at}`).join(", ")}`;
        assert.ok(ticks.length >= 1 && ticks.length <= 7, text);
        assert.ok(
          ticks.every(([, at]) => Number(at) >= from && Number(at) <= from + length),
          text,
        );
        assert.ok(
          ticks.every(([, , label]) => (label as string).length <= 7),
          text,
        );
      }
      const labels = across.map(([, , label]) => Number(label));
      const [low, high] = least === greatest ? [least - 0.5, greatest + 0.5] : [least, greatest];
      const step = labels.length > 1 ? labels[1]! - labels[0]! : 1;
      assert.ok(
        labels[0]! - step < low && labels.at(-1)! + step > high,
        `${labels} leave out a tick of ${low} to ${high}`,
      );
      assert.ok(
        labels[0]! >= low - 1e-9 && labels.at(-1)! <= high + 1e-9,
        `${labels} leave ${low} to ${high}`,
      );
    }
  });

  it("gives plotly the rows of a heatmap, NaN kept", () => {
    const M = fromRows(
      [
        [1, 2],
        [3, Number.NaN],
      ],
      { nonFinite: true },
    );
    const { data } = plot.heatmap(M)[displayKey]()[PLOTLY_MIME] as FigurePayload;
    const z = data[0].z as { bdata: string; shape: string };
    const bytes = Uint8Array.from(Buffer.from(z.bdata, "base64"));
    assert.deepEqual([...new Float32Array(bytes.buffer)], [1, 2, 3, Number.NaN]);
    assert.equal(z.shape, "2, 2");
  });

  it("shows what is no finite number as a gap in a line", () => {
    const { data } = figures[6][1][displayKey]()[PLOTLY_MIME] as FigurePayload;
    assert.deepEqual(data[1].y, [null, 4]);
  });

  it("shows hostile text as text", () => {
    const svg = plot.heatmap(fromRows([[1]]), { title: '<script>alert("x")</script>' })[displayKey]()[
      "image/svg+xml"
    ] as string;
    assert.ok(svg.includes("&lt;script&gt;alert(&quot;x&quot;)"));
    assert.ok(!svg.includes("<script>"));
  });

  it("stays small where P_phi is large", () => {
    const bundle = plot.sparsity(Pphi(convShape({ a: 227, b: 227, d: 3, h: 11, s: 4 })))[displayKey]();
    assert.ok(JSON.stringify(bundle).length < 1e6);
  });

  it("lets bars rise from the power of ten below them, and keeps names that look like numbers", () => {
    const shown = plot.bars({ "1": 2e-7, "2": 1e-5 }, { log: true });
    const { layout } = shown.payload as {
      layout: Record<"xaxis" | "yaxis", { type: string; range: number[] }>;
    };
    assert.deepEqual([layout.xaxis.type, layout.yaxis.range], ["category", [-7, -5]]);
    const svg = shown[displayKey]()["image/svg+xml"] as string;
    const heights = [...svg.matchAll(/height="([\d.]+)" fill="#0072b2"/gi)].map(([, height]) =>
      Number(height),
    );
    assert.equal(heights.length, 2);
    assert.ok(Math.abs(heights[0]! / heights[1]! - Math.log10(2) / 2) < 0.01);
  });

  it("refuses what it cannot draw, and says why", () => {
    assert.throws(
      () => plot.image(matrix(1, 20) as never),
      /plot.image: Z is 1 × 20 and does not know its sides/,
    );
    assert.throws(
      () => plot.image(image(matrix(2, 20), 4, 5)),
      /plot.image: Z has 2 channels; needed 1 .* or 3/,
    );
    assert.throws(() => plot.lines([{ x: [1], y: [1, 2] }]), /line 1 has 1 x and 2 y/);
    assert.throws(() => plot.bars({ a: 0 }, { log: true }), /plot.bars: a is 0; needed a positive number/);
    assert.throws(() => plot.sparsity(matrix(2, 2) as never), /plot.sparsity: P is no SparseMatrix/);
  });
});

describe("the explorer of phi", () => {
  const Zsmall = randomMatrix(2, 20, { seed: 5 });
  const bundle: Bundle = explorePhi(Zsmall, shape)[displayKey]();

  it("carries the image bit by bit, and its shape", () => {
    const { z, ...rest } = bundle[PHI_MIME] as PhiPayload;
    assert.deepEqual(rest, { version: 1, a: 4, b: 5, d: 2, h: 2, s: 2, pad: 0 });
    assert.deepEqual([...float64FromBase64(z.base64)], [...Zsmall.data]);
  });

  it("falls back to phi(Z) as a picture, as LaTeX and as text", () => {
    assert.match(bundle["image/svg+xml"] as string, /output place/);
    assert.match(bundle["text/latex"] as string, /\\begin\{array\}/);
    assert.match(bundle["text/plain"], /Matrix 8 × 4/);
  });

  it("refuses in the cell what could not be shown", () => {
    assert.throws(() => explorePhi(matrix(2, 19), shape), /phi: Z is 2 × 19; the shape needs 2 × 20/);
  });
});

describe("text of a cell", () => {
  it("is markdown or a formula, with values in it", () => {
    assert.equal(md`**${3}** columns`[displayKey]()["text/markdown"], "**3** columns");
    assert.equal(tex`\phi(Z) \in R^{${4}}`[displayKey]()["text/latex"], "$$\\phi(Z) \\in R^{4}$$");
  });
});

describe("base64 and colours", () => {
  it("carry NaN and infinities", () => {
    const numbers = Float64Array.of(Number.NaN, Number.NEGATIVE_INFINITY, -0, 1e-300);
    assert.deepEqual([...float64FromBase64(toBase64(numbers))], [...numbers]);
    assert.throws(() => float64FromBase64("AAAA"), /3 bytes are no whole float64/);
  });
  it("go through white at zero", () => assert.deepEqual(colourAt(diverging, 0.5), [247, 247, 247]));
});
