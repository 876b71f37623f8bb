/** Declarations as data, and the text that declares them. Sizes are texts, as "a*b" or "(m-n)". */

export interface Matrix {
  readonly name: string;
  readonly rows: string;
  readonly cols: string;
  readonly each: boolean;
}

export interface Counter {
  readonly name: string;
  readonly size: string;
}

/** An index map of its own formula: entry (rows; cols) is what stands at the places of a source. */
export interface OwnMap {
  readonly kind: "own";
  readonly name: string;
  readonly matrix: string;
  readonly rowCounters: readonly Counter[];
  readonly colCounters: readonly Counter[];
  /** Where it reads, and how many values each index of the source has. */
  readonly placeRows: readonly Place[];
  readonly placeCols: readonly Place[];
}

export interface Place {
  readonly at: string;
  readonly size: string;
}

/** conv(h, s, d, a, b), padding(p, d, a, b), maxpool(q, d, a, b): the names of the sizes, and of the sides that come out. */
export interface NamedMap {
  readonly kind: "conv" | "padding" | "maxpool" | "avgpool";
  readonly name: string;
  readonly matrix: string;
  readonly args: readonly string[];
  readonly out: readonly [string, string];
}

export type IndexMap = OwnMap | NamedMap;

export interface Loss {
  readonly name: string;
  readonly gradient: string;
  readonly hessian?: string;
}

export interface Declared {
  readonly sizes: readonly string[];
  readonly defined: readonly { readonly name: string; readonly text: string }[];
  readonly matrices: readonly Matrix[];
  readonly maps: readonly IndexMap[];
  readonly losses: readonly Loss[];
}

export function declarationText({ sizes, defined, matrices, maps, losses }: Declared): string {
  return [
    `dims ${sizes.join(" ")}`,
    ...defined.map(({ name, text }) => `${name} = ${text}`),
    ...matrices.map(({ name, rows, cols, each }) => `${name} : ${rows} x ${cols}${each ? " each" : ""}`),
    ...maps.map(mapText),
    ...losses.map(lossText),
  ].join("\n");
}

function mapText(map: IndexMap): string {
  if (map.kind !== "own") return `${map.name}, ${map.matrix} = ${map.kind}(${map.args.join(", ")})`;
  const counters = [map.rowCounters, map.colCounters].map((list) =>
    list.map(({ name, size }) => `${name}:${size}`).join(", "),
  );
  const [rows, cols] = [map.placeRows, map.placeCols];
  const places = [rows, cols].map((list) => list.map(({ at }) => at).join(", "));
  const from = [rows, cols].map((list) => list.map(({ size }) => size).join("*"));
  return `map ${map.name}, ${map.matrix}(${counters.join("; ")}) = (${places.join("; ")}) from ${from.join(" x ")}`;
}

function lossText({ name, gradient, hessian }: Loss): string {
  return `${name}(arg) with gradient ${gradient}${hessian === undefined ? "" : `, hessian ${hessian}`}`;
}

/** The size of what the map takes and gives, as texts. */
export function sizesOfMap(map: IndexMap): Record<"from" | "to", readonly [rows: string, cols: string]> {
  if (map.kind === "own") {
    const texts = [map.placeRows, map.placeCols, map.rowCounters, map.colCounters].map((list) =>
      list.map(({ size }) => size).join("*"),
    );
    return { from: [texts[0], texts[1]], to: [texts[2], texts[3]] };
  }
  const [d, a, b] = map.args.slice(-3);
  const rows = map.kind === "conv" ? `${map.args[0]}*${map.args[0]}*${d}` : d;
  return { from: [d, `${a}*${b}`], to: [rows, map.out.join("*")] };
}
