import assert from "node:assert/strict";
import fc from "fast-check";
import { showFigure } from "../../kernel/lab/views/figure.js";
import { readFigure } from "../../kernel/lab/views/figurePayload.js";
import type { Plotly } from "../../kernel/lab/views/plotly.js";
import { plotHeatmap } from "../../src/mime/plotHeatmap.js";
import { cases } from "../cases.js";
import { all, host, one, usePage } from "./page.js";

type Trace = Record<string, unknown>;

/** Writes down what it is asked to draw. */
class RecordingPlotly implements Plotly {
  readonly drawn: { data: Trace[]; layout: Record<string, unknown>; config: Record<string, unknown> }[] = [];
  purged = 0;
  readonly Plots = { resize: async (): Promise<void> => {} };

  async react(_: HTMLElement, data: unknown[], layout: unknown, config: unknown): Promise<void> {
    this.drawn.push({ data, layout, config } as (typeof this.drawn)[number]);
  }

  purge(): void {
    this.purged++;
  }

  get last(): (typeof this.drawn)[number] {
    return this.drawn.at(-1)!;
  }
}

async function drawn(payload: unknown): Promise<RecordingPlotly["last"] & { notes: string[] }> {
  const [plotly, node] = [new RecordingPlotly(), host()];
  await showFigure(node, payload, async () => plotly);
  return { ...plotly.last, notes: all(node, ".philab-note").map((note) => note.textContent ?? "") };
}

const line = { type: "scatter", x: [1, 2, 3], y: [4, 5, 6] };

describe("the view of a figure", () => {
  usePage();

  it("loads plotly only when there is a figure to draw", async () => {
    let loads = 0;
    const load = async (): Promise<Plotly> => {
      loads++;
      return new RecordingPlotly();
    };
    await showFigure(host(), { data: "no list" }, load);
    assert.equal(loads, 0);
    await showFigure(host(), { data: [line] }, load);
    assert.equal(loads, 1);
  });

  it("takes its colours from the page, and the figure's own colours before them", async () => {
    document.body.style.setProperty("--jp-content-font-color1", "rgb(1, 2, 3)");
    const { layout } = await drawn({
      data: [line],
      layout: { plot_bgcolor: "#abc", template: { layout: { paper_bgcolor: "#fff" } } },
    });
    const template = layout.template as { layout: Record<string, { color?: string }> };
    assert.equal(template.layout.font.color, "rgb(1, 2, 3)");
    assert.equal(template.layout.paper_bgcolor, "rgba(0,0,0,0)");
    assert.equal(layout.plot_bgcolor, "#abc");
  });

  it("is drawn anew in the new colours when the theme changes, until it is disposed of", async () => {
    const [plotly, node] = [new RecordingPlotly(), host()];
    const view = await showFigure(node, { data: [line] }, async () => plotly);
    const before = colours(plotly);
    document.body.dataset.jpThemeLight = "false";
    await settled();
    assert.equal(plotly.drawn.length, 2);
    assert.notDeepEqual(colours(plotly), before);
    view.dispose();
    assert.equal(plotly.purged, 1);
    assert.equal(node.childNodes.length, 0);
    document.body.dataset.jpThemeLight = "true";
    await settled();
    assert.equal(plotly.drawn.length, 2);
  });

  it("shows new data of the same output without starting anew", async () => {
    const [plotly, node] = [new RecordingPlotly(), host()];
    const view = await showFigure(node, { data: [line] }, async () => plotly);
    const plot = one(node, ".philab-figure-plot");
    await view.update({ data: [line, line] });
    assert.equal(plotly.last.data.length, 2);
    assert.equal(one(node, ".philab-figure-plot"), plot);
    assert.equal(plotly.purged, 0);
  });

  it("gives a low picture a colour bar on which three numbers can be read, and a high one its own", async () => {
    const bar = async (rows: number): Promise<Record<string, unknown>> => {
      const z = Array.from({ length: rows }, () => Array.from({ length: 71 }, () => 1));
      const { payload } = plotHeatmap(z, { title: "J", values: "dz" });
      const { data } = await drawn(payload);
      return data[0].colorbar as Record<string, unknown>;
    };
    const { lenmode, len } = await bar(5);
    assert.equal(lenmode, "pixels");
    assert.ok((len as number) >= 110, String(len));
    assert.deepEqual([(await bar(60)).lenmode, (await bar(60)).len], [undefined, 0.9]);
  });

  it("draws a line around cells that are square: a matrix of zeros has an end", async () => {
    const squares = { yaxis: { scaleanchor: "x" }, height: 300 };
    const { layout } = await drawn({ data: [{ type: "heatmap", z: [[0]] }], layout: squares });
    for (const axis of ["xaxis", "yaxis"]) {
      const { showline, mirror } = layout[axis] as Record<string, unknown>;
      assert.deepEqual([showline, mirror], [true, true], axis);
    }
    const { layout: curves } = await drawn({ data: [line], layout: { yaxis: {} } });
    assert.ok(!("mirror" in (curves.yaxis as object)));
  });

  const tags = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    "<span style='x'>y</span>",
    "<b onclick=alert(1)>z</b>",
  ];
  for (const text of tags) {
    it(`gives plotly ${text} as text, in title, trace, hover and tick`, async () => {
      const trace = { ...line, name: text, text: [text], hovertemplate: text };
      const { data, layout } = await drawn({
        data: [trace],
        layout: { title: { text }, xaxis: { ticktext: [text] } },
      });
      const given = JSON.stringify([data, layout]);
      assert.ok(!/<(?!\/b>)/.test(given), given);
      assert.ok(given.includes("&lt;"));
    });
  }

  it("leaves bold, italics, indices and line breaks as plotly writes them", async () => {
    const text = "<b>a</b> <i>b</i><sub>1</sub><sup>2</sup><br>c < d";
    const { layout } = await drawn({ data: [line], layout: { title: { text } } });
    assert.deepEqual(layout.title, { text: text.replace(" < ", " &lt; ") });
  });

  it("never lets plotly typeset, and gives it no address to fetch from", async () => {
    const images = [
      { source: "https://example.org/a.png" },
      { source: "data:image/svg+xml;base64,AA==" },
      { source: "data:image/png;base64,AA==" },
    ];
    const updatemenus = [
      { buttons: [{ method: "relayout", args: ["images[0].source", "https://example.org/b.png"] }] },
    ];
    const { layout, config } = await drawn({ data: [line], layout: { images, updatemenus } });
    assert.equal(config.typesetMath, false);
    assert.deepEqual(
      (layout.images as { source?: string }[]).map(({ source }) => source),
      [undefined, undefined, "data:image/png;base64,AA=="],
    );
    assert.ok(!JSON.stringify(layout).includes("example.org"));
  });

  it("draws a picture whole, however long its text is, or leaves it out; other texts end after 5,000 letters", async () => {
    const picture = (letters: number) => `data:image/png;base64,${"A".repeat(letters)}`;
    const sources = [picture(300_000), picture(20_000_001), `data:image/png;base64,${"<".repeat(6_000)}`];
    const data = sources.map((source) => ({ type: "image", source }));
    const layout = { images: [{ source: picture(6_000) }], title: { text: picture(6_000) } };
    const made = await drawn({ data, layout });
    assert.deepEqual(
      made.data.map(({ source }) => source),
      [sources[0], undefined, undefined],
    );
    assert.deepEqual(made.layout.images, layout.images);
    assert.equal((made.layout.title as { text: string }).text.length, 5_002);
  });

  it("leaves maps out, which come from the network, and says so", async () => {
    const { data, layout, notes } = await drawn({
      data: [line, { type: "scattergeo" }, { type: "choroplethmap" }, { type: "scattermapbox" }],
      layout: { mapbox: {}, geo2: {} },
    });
    assert.deepEqual(
      data.map(({ type }) => type),
      ["scatter"],
    );
    assert.ok(!("mapbox" in layout) && !("geo2" in layout));
    assert.match(notes[0], /^3 traces are not drawn: maps are fetched from the network/);
  });

  it("draws a trace by its own type alone: no template makes it fetch, nor does a button", async () => {
    const geojson = "http://127.0.0.1:1/x.json";
    const buttons = [
      { method: "restyle", args: ["type", "choropleth"] },
      { args: [{ geojson }] },
      { method: "relayout", args: [{ "template.data.scatter[0].type": "choropleth" }] },
      { method: "update", args: [{}, { "images[0]": { source: geojson } }] },
      { method: "animate", args: [null] },
      { method: "update", args: [{ visible: [true, false] }, { "title.text": "b" }], args2: [{ geojson }] },
    ];
    const { data, layout } = await drawn({
      data: [
        { z: [1], locations: ["FRA"] },
        { ...line, type: ["choropleth"] },
      ],
      layout: {
        template: { data: { scatter: [{ type: "choropleth", geojson }], choropleth: [{ geojson }] } },
        updatemenus: [{ buttons }],
      },
    });
    assert.deepEqual(data, [{ z: [1], type: "scatter" }]);
    assert.ok(!/geojson|choropleth|127\.0\.0\.1/.test(JSON.stringify([data, layout])));
    const menus = layout.updatemenus as { buttons: { method: string; args?: unknown; args2?: unknown }[] }[];
    assert.deepEqual(
      menus[0].buttons.map(({ method }) => method),
      ["skip", "skip", "skip", "skip", "skip", "update"],
    );
    assert.deepEqual(menus[0].buttons[5], {
      method: "update",
      args: [{ visible: [true, false] }, { "title.text": "b" }],
    });
  });

  it("gives plotly the names that it knows, at every depth, and of those none that fetches", async () => {
    const own = { description: "a line", geojson: { deep: 1 } };
    const { data, layout } = await drawn({
      data: [
        { ...line, hovertext: "a", marker: { symbol: "x", onclick: 1, src: "http://x.org/" }, secret: 1 },
      ],
      layout: {
        meta: own,
        xaxis3: { title: { text: "x", href: "http://x.org/" } },
        scene2: { camera: { eye: { x: 1, w: 2 } } },
        ternary: {},
        smith: {},
        newerThanPlotly: { source: "http://x.org/" },
        template: { data: { scatter: [{ marker: { url: 1, size: 2 } }], scattergeo: [{}] }, other: 1 },
      },
    });
    assert.deepEqual(data, [{ ...line, hovertext: "a", marker: { symbol: "x" } }]);
    const { meta, xaxis3, scene2, template } = layout as Record<string, Record<string, unknown>>;
    assert.deepEqual(meta, own);
    assert.deepEqual(xaxis3.title, { text: "x" });
    assert.deepEqual(scene2, { camera: { eye: { x: 1 } } });
    assert.deepEqual((template.data as Record<string, unknown>).scatter, [{ marker: { size: 2 } }]);
    assert.ok(!("scattergeo" in (template.data as object)));
    for (const name of ["ternary", "smith", "newerThanPlotly"]) assert.ok(!(name in layout), name);
    assert.ok(!("other" in template));
  });

  it("keeps sizes, counts and steps to what a page can draw, and says which it changed", async () => {
    const { data, layout, notes } = await drawn({
      data: [{ ...line, x: [0, 1e12], y: [0, 1], marker: { size: 1e9 } }],
      layout: {
        width: 1e9,
        height: 300,
        grid: { rows: 1e6, columns: 2 },
        xaxis: { dtick: 0.001, tick0: 0, range: [0, 1] },
        yaxis: { dtick: 0.1, nticks: 1e9, tickvals: Array(5_000).fill(1) },
        annotations: Array.from({ length: 5_000 }, () => ({ text: "x".repeat(9_000) })),
      },
    });
    const given = layout as Record<string, Record<string, unknown>>;
    assert.deepEqual([layout.width, layout.height, given.grid], [4_000, 300, { rows: 40, columns: 2 }]);
    assert.deepEqual([given.xaxis.dtick, given.yaxis.dtick, given.yaxis.nticks], [undefined, 0.1, 200]);
    assert.equal((given.yaxis.tickvals as unknown[]).length, 1_000);
    assert.equal((layout.annotations as unknown[]).length, 100);
    assert.deepEqual((data[0] as { marker: unknown }).marker, { size: 1_000 });
    assert.match(
      notes[0],
      /^Out of bounds, and drawn within them: annotations, dtick, nticks, rows, size, text, tickvals, width\.$/,
    );
    const dates = { ...line, x: ["2026-01-01", "2026-03-01"], y: [1, 2] };
    const memory = { type: "bar", x: [1e3, 1e12], y: ["φ", "P"] };
    const ticksOn = async (xaxis: Record<string, unknown>) =>
      ((await drawn({ data: [memory], layout: { xaxis } })).layout.xaxis as Record<string, unknown>).dtick;
    assert.equal(await ticksOn({ type: "log", dtick: 1 }), 1);
    assert.equal(await ticksOn({ type: "linear", dtick: 1 }), undefined);
    assert.equal(await ticksOn({ type: "log", dtick: 0.1 }), undefined);
    assert.equal(await ticksOn({ type: "log", dtick: 1, range: [0, 1e9] }), undefined);
    assert.equal(await ticksOn({ type: "log", dtick: 1, range: ["x", 1] }), undefined);
    const days = await drawn({ data: [dates], layout: { xaxis: { dtick: 86_400_000 } } });
    assert.deepEqual([(days.layout.xaxis as Record<string, unknown>).dtick, days.notes], [86_400_000, []]);
  });

  it("refuses an array whose shape has more rows than numbers", async () => {
    const node = host();
    const z = { dtype: "f8", bdata: "", shape: [4294967295, 0] };
    await showFigure(node, { data: [{ ...line, z }] }, async () => new RecordingPlotly());
    assert.match(node.textContent ?? "", /0 numbers are not 4294967295 × 0/);
  });

  it("of any JSON is drawn from what the lists allow, or shown as a box: never an address, a map or a prototype", async () => {
    const words = fc.constantFrom(
      "type",
      "geojson",
      "source",
      "template",
      "data",
      "layout",
      "updatemenus",
      "buttons",
      "args",
      "method",
      "images",
      "frames",
      "dtick",
      "width",
      "shape",
      "bdata",
      "dtype",
      "__proto__",
      "geo",
      "xaxis",
    );
    const leaf = fc.oneof(
      fc.constantFrom<unknown>(
        "choropleth",
        "scattergeo",
        "http://x.org/a",
        "//x.org",
        "javascript:x",
        "<a href='x'>",
        1e300,
        -1,
        0.5,
        null,
        "restyle",
        "f8",
      ),
      fc.double(),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: "small" },
        leaf,
        fc.array(tie("tree"), { maxLength: 4 }),
        fc.dictionary(words, tie("tree"), { maxKeys: 5 }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(words, tree, { maxKeys: 6 }), { maxLength: 3 }),
        fc.dictionary(words, tree, { maxKeys: 6 }),
        async (data, layout) => {
          let figure: { data: unknown[]; layout: unknown };
          try {
            figure = readFigure({ data, layout });
          } catch (error) {
            assert.match((error as Error).name, /TypeError|RangeError|InvalidCharacterError/);
            return;
          }
          const json = JSON.stringify([figure.data, figure.layout]);
          assert.doesNotMatch(
            json,
            /"(?:geojson|geo|frames)":|"source":"(?!data:)|"type":"(?:choropleth|scattergeo)"|<a/,
          );
          for (const trace of figure.data) assert.equal(typeof (trace as { type: unknown }).type, "string");
        },
      ),
      cases(200),
    );
  });

  it("reads own keys only: no prototype is reached", async () => {
    const payload = JSON.parse(
      '{"data":[{"type":"bar","y":[1],"__proto__":{"polluted":1}}],"layout":{"constructor":{"prototype":{"polluted":1}}}}',
    );
    const { data, layout } = await drawn(payload);
    assert.equal((data[0] as { polluted?: number }).polluted, undefined);
    assert.equal(({} as { polluted?: number }).polluted, undefined);
    assert.ok(!Object.hasOwn(layout, "constructor"));
  });

  it("notes how many values are not finite and leaves them as gaps", async () => {
    const bdata = Buffer.from(new Float64Array([1, NaN, -Infinity, 4]).buffer).toString("base64");
    const encoded = { type: "scatter", x: [1, 2, 3, 4], y: { dtype: "f8", bdata } };
    const { data, notes } = await drawn({
      data: [{ type: "scatter", x: [1, 2, 3], y: [1, null, "NaN"] }, encoded],
    });
    assert.deepEqual(notes, ["4 values are missing or not finite (NaN, ±∞) and left as gaps."]);
    assert.deepEqual([...(data[1].y as Float64Array)], [1, NaN, NaN, 4]);
  });

  it("thins a million points, keeps the highest and lowest, and notes it", async () => {
    const y = Float64Array.from({ length: 1_000_000 }, (_, k) => Math.sin(k / 1e4));
    y[123_457] = 50;
    y[765_431] = -70;
    const bdata = Buffer.from(y.buffer).toString("base64");
    const x = Array.from(y, (_, k) => k);
    const { data, notes } = await drawn({
      data: [{ type: "scatter", x, y: { dtype: "f8", bdata }, marker: { size: x } }],
    });
    const kept = data[0] as { x: number[]; y: number[]; marker: { size: number[] } };
    assert.ok(kept.y.length <= 40_000);
    assert.equal(kept.x[kept.y.indexOf(50)], 123_457);
    assert.equal(kept.marker.size[kept.y.indexOf(-70)], 765_431);
    assert.match(notes[0], /^1,000,000 points are thinned to about 40,000/);
  });

  it("draws 200 of ten thousand traces and every third row of a long matrix, and notes both", async () => {
    const z = Array.from({ length: 2_500 }, (_, row) => [row, row]);
    const traces = [{ type: "heatmap", z }, ...Array.from({ length: 9_999 }, () => line)];
    const { data, notes } = await drawn({ data: traces });
    assert.equal(data.length, 200);
    assert.deepEqual((data[0].z as number[][]).slice(0, 3), [
      [0, 0],
      [3, 3],
      [6, 6],
    ]);
    assert.equal(data[0].dy, 3);
    assert.match(notes.join("\n"), /200 of 10,000 traces are drawn/);
    assert.match(notes.join("\n"), /2500 × 2 is drawn with every 3\. row/);
  });

  it("draws a matrix of a million cells with every second row and column, and one of fewer whole", () => {
    const map = (rows: number, cols: number) =>
      readFigure({
        data: [{ type: "heatmap", z: Array.from({ length: rows }, () => new Array<number>(cols).fill(0)) }],
      }).data[0]!;
    assert.deepEqual([map(1000, 1000).dx, map(1000, 1000).dy], [2, 2]);
    assert.equal(map(600, 600).dx, undefined);
  });

  it("does not change the payload, which JupyterLab saves with the notebook", async () => {
    const payload = { data: [{ ...line, name: "<b>" }], layout: { title: { text: "<u>" } } };
    const before = structuredClone(payload);
    await drawn(payload);
    assert.deepEqual(payload, before);
  });

  const deep = `{"data":[{"x":${"[".repeat(500)}${"]".repeat(500)}}]}`;
  const bad: [title: string, payload: unknown, reason: RegExp][] = [
    ["text", "plot", /the figure is a string; needed an object/],
    ["a figure without traces", { layout: {} }, /data is undefined; needed a list of traces/],
    ["a trace that is a number", { data: [3] }, /trace 1 is a number; needed an object/],
    [
      "an array of unknown type",
      { data: [{ y: { dtype: "c16", bdata: "AA==" } }] },
      /dtype "c16" cannot be read/,
    ],
    ["a figure nested without end", JSON.parse(deep), /nested deeper than 60/],
  ];
  for (const [title, payload, reason] of bad) {
    it(`shows ${title} as a box with the reason and the raw data`, async () => {
      const node = host();
      await showFigure(node, payload, async () => new RecordingPlotly());
      assert.match(one(node, ".philab-problem-reason").textContent ?? "", reason);
      assert.ok((one(node, "pre").textContent ?? "").length > 0);
    });
  }

  it("shows why plotly could not be loaded", async () => {
    const node = host();
    await showFigure(node, { data: [line] }, () => Promise.reject(new Error("chunk 109 failed")));
    assert.match(one(node, ".philab-problem-reason").textContent ?? "", /chunk 109 failed/);
  });
});

function colours(plotly: RecordingPlotly): unknown {
  return (plotly.last.layout.template as { layout: { colorway: unknown } }).layout.colorway;
}

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
