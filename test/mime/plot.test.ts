import assert from "node:assert/strict";
import { decode } from "fast-png";
import { explorePhi, md, plot, tex } from "../../src/index.js";
import { float64FromBase64, toBase64 } from "../../src/mime/base64.js";
import { colourAt, diverging } from "../../src/mime/colour.js";
import { plotHeatmap } from "../../src/mime/plotHeatmap.js";
import {
  type Bundle,
  type FigurePayload,
  PHI_MIME,
  type PhiPayload,
  PLOTLY_MIME,
  type Shown,
  SPARSITY_MIME,
  type SparsityPayload,
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
/** The colours that the static form shows: grey levels through the table of its filter, light or dark. */
function colouredBy(svg: string, theme: "light" | "dark"): (level: number) => number[] {
  const filter = new RegExp(`<filter id="philab-\\w+-${theme}".*?</filter>`).exec(svg)?.[0] ?? "";
  const tables = [...filter.matchAll(/tableValues="([^"]+)"/g)].map(([, list]) =>
    list!.split(" ").map(Number),
  );
  return (level) =>
    tables.map((table) => {
      const place = (level / 255) * (table.length - 1);
      const k = Math.min(Math.floor(place), table.length - 2);
      return Math.round(255 * (table[k]! + (place - k) * (table[k + 1]! - table[k]!)));
    });
}
/** −7, 2.5 or 1.5×10⁶ as a number. */
function tickValue(label: string): number {
  const plain = label.replace(/[⁰-⁹¹²³]/g, (digit) => String("⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(digit)));
  return Number(plain.replace("−", "-").replace("×10", "e"));
}
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
    assert.deepEqual([picture.channels, ...picture.data], [1, 255, 0, 0, 0, 0, 128]);
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
    const levels = pixelsOf(/href="([^"]+)"/.exec(svg)?.[1] as string);
    assert.deepEqual(
      levels.filter((_, k) => k % 2 === 1),
      [255, 255, 255, 0],
      "only what is no number is transparent",
    );
    for (const theme of ["light", "dark"] as const) {
      const coloured = colouredBy(svg, theme);
      const [above, below, zero] = [0, 2, 4].map((k) => coloured(levels[k]!)) as [
        number[],
        number[],
        number[],
      ];
      assert.ok(above[0]! > above[2]! + 50, `red ${above}`);
      assert.ok(below[2]! > below[0]! + 50, `blue ${below}`);
      assert.ok(
        zero.every((x) => (theme === "light" ? x > 240 : x < 60)),
        `${theme}: zero is ${zero}`,
      );
    }
  });

  it("keeps cells square in both forms, whatever the sides of the matrix", () => {
    for (const [rows, cols] of [
      [3, 4],
      [5, 47],
      [71, 71],
      [16, 36],
      [200, 30],
    ] as const) {
      const bundle = plot.heatmap(randomMatrix(rows, cols, { seed: 1, low: -1 }))[displayKey]();
      const [, width, height] = /width="(\d+)" height="(\d+)" fill="none"/.exec(
        bundle["image/svg+xml"] as string,
      )!;
      const ratio = Number(width) / cols / (Number(height) / rows);
      assert.ok(Math.abs(ratio - 1) < 0.05, `${rows} × ${cols}: ${width} by ${height}`);
      const { layout } = bundle[PLOTLY_MIME] as {
        layout: Record<"xaxis" | "yaxis", Record<string, unknown>>;
      };
      assert.deepEqual([layout.yaxis.scaleanchor, layout.xaxis.constrain], ["x", "domain"]);
    }
  });

  it("chooses its colours by what the values are, and says it in a sentence", () => {
    const shown = (rows: number[][]): unknown[] => {
      const figure = plot.heatmap(rows, { title: "M" });
      const [{ zmin, zmax }] = figure.payload.data as [{ zmin: number; zmax: number }];
      return [zmin, zmax, figure[displayKey]()["text/plain"]];
    };
    assert.deepEqual(shown([[0, 1, 1]]), [0, 1, "Figure: M, 1 × 3, 2 ones among 3 entries."]);
    assert.deepEqual(shown([[1, 4, 2]]), [0, 4, "Figure: M, 1 × 3, whole numbers from 1 to 4."]);
    assert.deepEqual(shown([[0, 2.5]]), [0, 2.5, "Figure: M, 1 × 2, from 0 to 2.50."]);
    assert.deepEqual(shown([[-1.5, 0.5]]), [-1.5, 1.5, "Figure: M, 1 × 2, from −1.50 to 0.50."]);
    assert.deepEqual(plot.heatmap([[-1, 1]], { range: [-2, 2] }).payload.data[0]!.zmin, -2);
  });

  it("prints the numbers of a small matrix with as many digits, black on bright and white on deep colours", () => {
    const svg = plot
      .heatmap([
        [-1, 0.5],
        [0, 0.25],
      ])
      [displayKey]()["image/svg+xml"] as string;
    const printed = [...svg.matchAll(/<text [^>]*class="(\w+)" fill="(#\w+)"[^>]*>([^<]+)</g)].map(
      ([, dark, fill, text]) => [text, fill, dark],
    );
    assert.deepEqual(printed, [
      ["−1.0", "#fff", "deep"],
      ["0.5", "#000", "bright"],
      ["0", "#000", "bright"],
      ["0.3", "#000", "bright"],
    ]);
  });

  it("shows the whole of a long title, and indices below the line", () => {
    const title =
      "P_phi for an image of 5 × 5 pixels and windows of 2 × 2: each row has exactly one 1, and each column as many as its pixel has uses";
    const svg = plot.sparsity(Pphi(convShape({ a: 5, b: 5, d: 1, h: 2 })), { title })[displayKey]()[
      "image/svg+xml"
    ] as string;
    const [, width] = /width="(\d+)"/.exec(svg)!.map(Number) as [number, number];
    const lines = [...svg.matchAll(/<text [^>]*font-weight="600">(.*?)<\/text>/g)].map(([, line]) =>
      line!.replace(/<[^>]*>/g, ""),
    );
    assert.equal(lines.join(" "), title.replace("P_phi", "Pφ"));
    for (const line of lines) assert.ok(line.length * 6.2 < width, `${line} in ${width}`);
    assert.match(svg, />P<tspan dy="3" font-size="9">φ<\/tspan><tspan dy="-3"> for an/);
    const texts = [...svg.matchAll(/<text [^>]*>(.*?)<\/text>/g)].map(([, text]) =>
      text!.replace(/<[^>]*>/g, ""),
    );
    assert.doesNotMatch(texts.join(" "), /P_|phi/);
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
      const labels = across.map(([, , label]) => tickValue(label!));
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

  it("lets bars stand on 0 and writes each value beside its bar", () => {
    const shown = plot.bars({ dense: 8, index: 2 });
    const svg = shown[displayKey]()["image/svg+xml"] as string;
    const bars = [...svg.matchAll(/<rect x="([\d.]+)"[^>]* width="([\d.]+)"[^>]*class="fill0"/g)].map(
      ([, x, width]) => [Number(x), Number(width)],
    );
    assert.equal(bars[0]![0], bars[1]![0]);
    assert.ok(Math.abs(bars[0]![1]! / bars[1]![1]! - 4) < 0.01);
    assert.ok(svg.includes(">8</text>") && svg.includes(">2</text>"));
    assert.deepEqual((shown.payload.data[0] as { text: string[] }).text, ["8", "2"]);
  });

  it("shows values on a logarithmic axis as dots with their numbers, and keeps names that look like numbers", () => {
    const shown = plot.bars({ "1": 2e-7, "2": 1.36e12 }, { log: true });
    const { data, layout } = shown.payload as {
      data: [{ mode: string; text: string[] }];
      layout: Record<"xaxis" | "yaxis", { type: string }>;
    };
    assert.deepEqual(
      [layout.xaxis.type, layout.yaxis.type, data[0].mode],
      ["log", "category", "markers+text"],
    );
    assert.deepEqual(data[0].text, ["2×10⁻⁷", "1.36×10¹²"]);
    const svg = shown[displayKey]()["image/svg+xml"] as string;
    assert.equal([...svg.matchAll(/<circle /g)].length, 2);
    assert.ok(svg.includes(">1.36×10¹²</text>"));
  });

  it("carries the places of a sparse matrix as two short vectors, and its sentence for those who hear it", () => {
    const bundle = plot
      .sparsity(Pphi(convShape({ a: 28, b: 28, d: 2, h: 5, s: 2 })), { title: "P_φ" })
      [displayKey]();
    const { row, col, rows, cols } = bundle[SPARSITY_MIME] as SparsityPayload;
    const list = ({ starts, offsets }: typeof row): number[] => {
      const [first, second] = [starts, offsets].map(
        (text) => new Int32Array(Uint8Array.from(Buffer.from(text, "base64")).buffer),
      ) as [Int32Array, Int32Array];
      return [...first].flatMap((start) => [...second].map((offset) => start + offset));
    };
    const { row: wantedRows, col: wantedCols } = Pphi(
      convShape({ a: 28, b: 28, d: 2, h: 5, s: 2 }),
    ).triplets();
    assert.deepEqual([rows, cols], [7200, 1568]);
    assert.deepEqual([list(row), list(col)], [[...wantedRows], [...wantedCols]]);
    assert.ok(JSON.stringify([row, col]).length < 3000);
    assert.equal(bundle["text/plain"], "Figure: P_φ, 7,200 × 1,568, 7,200 ones, one in each row.");
    const { layout } = bundle[PLOTLY_MIME] as { layout: { meta: { description: string } } };
    assert.equal(layout.meta.description, bundle["text/plain"]);
  });

  it("names in the key of brightness only values that are there: it begins at the least, not at 0", () => {
    const ticks = (colours?: "grey") => {
      const { data } = plotHeatmap(
        [
          [1, 2],
          [4, 2],
        ],
        { ...(colours && { colours }) },
      ).payload;
      return (data[0] as { colorbar: { tickvals: number[] } }).colorbar.tickvals;
    };
    assert.deepEqual(ticks("grey"), [1, 2, 3, 4]);
    assert.deepEqual(ticks(), [0, 1, 2, 3, 4], "from white, which is 0, on");
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
    assert.equal(
      bundle["text/plain"],
      "Explorer of φ: Z of 2 × 20 (4 × 5 pixels), h = 2, s = 2, padding 0; φ(Z) is 8 × 4.",
    );
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
  it("go through white at zero", () => assert.deepEqual(colourAt(diverging.light, 0.5), [247, 247, 247]));
});
