/** Declarations, read from their text. */
import { type IndexMap, knownMap, mapFrom } from "./indexMaps.js";
import { readSize, type Size, sizePair, Words } from "./sizes.js";
import { plainText } from "./spelling.js";
import { Stop } from "./stop.js";

type Pair = readonly [Size, Size];

export interface Shaped {
  readonly size: Pair;
  /** One for each instance. */
  readonly each: boolean;
}

export interface Loss {
  readonly gradient: string;
  /** Empty where there is none. */
  readonly hessian: string;
}

export interface Declared {
  readonly sizes: Map<string, Size | undefined>;
  readonly matrices: Map<string, Shaped>;
  readonly maps: Map<string, IndexMap>;
  /** The matrix of a map → the map. */
  readonly selectors: Map<string, string>;
  readonly losses: Map<string, Loss>;
}

export function readDeclarations(text: string): Declared {
  const declared: Declared = {
    sizes: new Map(),
    matrices: new Map(),
    maps: new Map(),
    selectors: new Map(),
    losses: new Map(),
  };
  if (text.includes("$")) throw new Stop("unreadable", "$ is no letter");
  for (const line of linesOf(plainText(text))) {
    const form = forms.find(([pattern]) => pattern.test(line));
    if (!form) throw new Stop("unreadable", `"${line}" is no declaration`);
    form[1](
      declared,
      ...form[0]
        .exec(line)!
        .slice(1)
        .map((part) => part ?? ""),
    );
  }
  refuseDoubles(declared);
  return declared;
}

/** Lines, and parts between semicolons that are outside of parentheses, without comments. */
function linesOf(text: string): string[] {
  const parts = text
    .replace(/\/\/.*/g, "")
    .split("\n")
    .flatMap((line) => {
      const found = [""];
      let depth = 0;
      for (const sign of line) {
        depth += Number("({".includes(sign)) - Number(")}".includes(sign));
        if (sign === ";" && depth === 0) found.push("");
        else found[found.length - 1] += sign;
      }
      return found;
    });
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

type Form = (declared: Declared, ...parts: string[]) => void;

const one: Size = { op: "1", args: [] };

/** The kinds of lines; @ stands behind a name that carried the mark of the instance. */
const forms: readonly (readonly [RegExp, Form])[] = [
  [
    /^dims\s+([\w\s,^]+)$/,
    ({ sizes }, names) => {
      for (const name of namesIn(names)) once(sizes, name, undefined);
    },
  ],
  [
    /^scalars?\s+([\w\s,^]+)$/,
    ({ matrices }, names) => {
      for (const name of namesIn(names)) once(matrices, name, { size: [one, one], each: false });
    },
  ],
  [
    /^map\s+(\w+)\s*(?:,\s*(\w+)\s*)?(\(.*)$/,
    (declared, f, P, rest) => addMap(declared, f, P, mapFrom("reads", rest)),
  ],
  [
    /^(\w+)\s*(?:,\s*(\w+)\s*)?=\s*(conv|padding|avgpool|maxpool)\s*\((.*)\)$/,
    (declared, f, P, kind, rest) => addMap(declared, f, P, knownMap(kind, rest)),
  ],
  [
    /^(\w+)\s*\(\s*\w+@?\s*\)\s+with\s+gradient\s+(\w+)@?(?:(?:\s*,\s*|\s+)hessian\s+(\w+)@?)?$/,
    ({ losses }, xi, gradient, hessian) => once(losses, xi, { gradient, hessian }),
  ],
  [
    /^(\w+(?:\^\w+)?)\s*=(.*)$/,
    ({ sizes }, name, rest) => once(sizes, name.replace("^", "_"), whole(rest, readSize)),
  ],
  [
    /^(\w+(?:\^\w+)?@?)\s*:(.*?)(\seach)?$/,
    (declared, name, size, each) => addMatrix(declared, name, whole(size, sizePair), each),
  ],
  [
    /^(\w+(?:\^\w+)?@?)\s+in\s+R\s*\^\s*(.*?)(\seach)?$/,
    (declared, name, size, each) =>
      addMatrix(declared, name, whole(size.replace(/^[({](.*)[)}]$/, "$1"), realSize), each),
  ],
];

function namesIn(text: string): string[] {
  return text
    .replaceAll("^", "_")
    .split(/[\s,]+/)
    .filter((name) => name !== "");
}

function once<T>(kind: Map<string, T>, name: string, value: T): void {
  if (kind.has(name) || !/^[A-Za-z]/.test(name))
    throw new Stop("unreadable", `${name} is declared twice, or no name`);
  kind.set(name, value);
}

function addMap({ maps, selectors }: Declared, f: string, P: string, map: IndexMap): void {
  once(maps, f, map);
  once(selectors, P || `P_${f}`, f);
}

/** W^1 is W_1, and Z^i or Z@ is Z, one for each instance. */
function addMatrix({ matrices }: Declared, name: string, size: Pair, each: string): void {
  const own = /@$|\^i@?$/.test(name);
  once(matrices, name.replace(/@$/, "").replace(/\^i$/, "").replace("^", "_"), {
    size,
    each: own || each !== "",
  });
}

function whole<T>(text: string, read: (words: Words) => T): T {
  const words = new Words(text);
  const found = read(words);
  words.end();
  return found;
}

/** Rows x columns, or rows alone, of a column. */
function realSize(words: Words): Pair {
  const rows = readSize(words);
  return [rows, words.accept("x") ? readSize(words) : one];
}

/** One name is one thing, and no name is that of another's differential; a gradient is that of one loss. */
function refuseDoubles({ sizes, matrices, maps, selectors, losses }: Declared): void {
  const names = [sizes, matrices, maps, selectors, losses].flatMap((kind) => [...kind.keys()]);
  const differentials = [...matrices.keys()].map((name) => `d${name}`);
  const derivatives = [...losses.values()]
    .flatMap(({ gradient, hessian }) => [gradient, hessian])
    .filter(Boolean);
  const wrong = [twiceIn([...names, ...differentials]), twiceIn(derivatives)].flat();
  wrong.push(...derivatives.filter((name) => !matrices.has(name)));
  if (sizes.get("l") || [matrices, maps, selectors, losses].some((kind) => kind.has("l"))) wrong.push("l");
  if (wrong.length > 0) throw new Stop("unreadable", `${wrong[0]} is declared twice, or is no matrix`);
}

function twiceIn(names: readonly string[]): string[] {
  return names.filter((name, k) => names.indexOf(name) < k);
}
