/** Declarations, read from their text. */
import { type IndexMap, readMap, texts } from "./maps.js";
import { type Pair, readPair, readSize } from "./sizes.js";
import { plainText } from "./spelling.js";
import { Stop } from "./stop.js";
import { type Expression, node, type Words, whole } from "./words.js";

export interface Declared {
  /** What each name is: size, matrix, differential, map, selector (a map's matrix) or loss. */
  readonly kinds: Map<string, string>;
  readonly sizes: Map<string, Expression | undefined>;
  readonly matrices: Map<string, Shaped>;
  readonly maps: Map<string, IndexMap>;
  /** The matrix of a map → the map. */
  readonly selectors: Map<string, string>;
  readonly losses: Map<string, Loss>;
}

export interface Shaped {
  readonly size: Pair;
  /** One for each instance. */
  readonly each: boolean;
  /** The loss of which it is the gradient or the Hessian; empty where there is none. */
  loss: string;
}

export interface Loss {
  readonly gradient: string;
  /** Empty where there is none. */
  readonly hessian: string;
}

export function readDeclarations(text: string): Declared {
  const declared: Declared = {
    kinds: new Map(),
    sizes: new Map(),
    matrices: new Map(),
    maps: new Map(),
    selectors: new Map(),
    losses: new Map(),
  };
  for (const line of linesOf(plainText(text))) {
    const form = forms.find(([pattern]) => pattern.test(line));
    if (!form) throw new Stop("not judged", `"${line}" is no declaration`);
    form[1](declared, ...(form[0].exec(line) ?? []).slice(1).map((part) => part ?? ""));
  }
  for (const [name, loss] of declared.losses) noteDerivatives(declared, name, loss);
  return declared;
}

/** Lines, and parts between semicolons that are outside of parentheses, without comments. */
function linesOf(text: string): string[] {
  const lines = text.replace(/\/\/.*/g, "").split("\n");
  const parts = lines.flatMap((line) => {
    let depth = 0;
    const parted = line.replace(/[(){};]/g, (sign) => {
      depth += Number("({".includes(sign)) - Number(")}".includes(sign));
      return sign === ";" && depth === 0 ? "\n" : sign;
    });
    return parted.split("\n");
  });
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

type Form = (declared: Declared, ...parts: string[]) => void;

const one = node("number", [], "1");

/** The kinds of lines; @ stands behind a name that carried the mark of the instance. */
const forms: readonly (readonly [RegExp, Form])[] = [
  [
    /^dims\s+([\w\s,^]+)$/,
    (declared, names) => {
      for (const name of namesIn(names)) addSize(declared, name);
    },
  ],
  [
    /^scalars?\s+([\w\s,^]+)$/,
    (declared, names) => {
      for (const name of namesIn(names)) addMatrix(declared, name, [one, one], "");
    },
  ],
  [/^map\s+(\w+)\s*(?:,\s*(\w+)\s*)?(\(.*)$/, (declared, f, P, rest) => addMap(declared, f, P, "map", rest)],
  [
    /^(\w+)\s*(?:,\s*(\w+)\s*)?=\s*(conv|padding|avgpool|maxpool)\s*\((.*)\)$/,
    (declared, f, P, kind, sizes) => addMap(declared, f, P, kind, textOfMap(kind, sizes)),
  ],
  [
    /^(\w+)\s*\(\s*\w+@?\s*\)\s+with\s+gradient\s+(\w+)@?(?:(?:\s*,\s*|\s+)hessian\s+(\w+)@?)?$/,
    (declared, xi, gradient, hessian) => {
      declare(declared, "loss", xi);
      declared.losses.set(xi, { gradient, hessian });
    },
  ],
  [/^(\w+(?:\^\w+)?)\s*=(.*)$/, (declared, name, rest) => addSize(declared, name, whole(rest, readSize))],
  [
    /^(\w+(?:\^\w+)?@?)\s*:(.*?)(\seach)?$/,
    (declared, name, size, each) => addMatrix(declared, name, whole(size, readPair), each),
  ],
  [
    /^(\w+(?:\^\w+)?@?)\s+in\s+R\s*\^\s*(.*?)(\seach)?$/,
    (declared, name, size, each) =>
      addMatrix(declared, name, whole(size.replace(/^[({](.*)[)}]$/, "$1"), readRealSize), each),
  ],
];

/** One name is one thing, and l is the number of instances. */
function declare({ kinds }: Declared, kind: string, name: string): void {
  if (kinds.has(name) || !/^[A-Za-z]/.test(name) || (name === "l" && kind !== "size"))
    throw new Stop("not judged", `${name} is declared twice, or no name`);
  kinds.set(name, kind);
}

function namesIn(text: string): string[] {
  return text.split(/[\s,]+/).filter((name) => name !== "");
}

function addSize(declared: Declared, marked: string, definition?: Expression): void {
  const name = marked.replace("^", "_");
  declare(declared, name === "l" && definition ? "size that follows from others" : "size", name);
  declared.sizes.set(name, definition);
}

/** W^1 is W_1, and Z^i or Z@ is Z, one for each instance. */
function addMatrix(declared: Declared, marked: string, size: Pair, each: string): void {
  const name = marked.replace(/(\^i)?@?$/, "").replace("^", "_");
  declare(declared, "matrix", name);
  declare(declared, "differential", `d${name}`);
  declared.matrices.set(name, { size, each: each !== "" || /(@|\^i)$/.test(marked), loss: "" });
}

function addMap(declared: Declared, f: string, P: string, kind: string, text: string): void {
  declare(declared, "map", f);
  declare(declared, "selector", P || `P_${f}`);
  declared.maps.set(
    f,
    whole(text, (words) => readMap(words, kind)),
  );
  declared.selectors.set(P || `P_${f}`, f);
}

/** Each of the sizes is one digit, so they are sums. */
function textOfMap(kind: string, sizes: string): string {
  const [given, text] = [sizes.split(",").map((size) => `(0 + ${size})`), texts.get(kind)];
  if (!text || given.length !== text.length)
    throw new Stop("not judged", `${kind} has ${text?.length} sizes`);
  return text(...given);
}

/** Rows x columns, or rows alone, of a column. */
function readRealSize(words: Words): Pair {
  const rows = readSize(words);
  return [rows, words.accept("x") ? readSize(words) : one];
}

/** A gradient or a Hessian is that of one loss. */
function noteDerivatives({ matrices }: Declared, loss: string, { gradient, hessian }: Loss): void {
  for (const name of [gradient, hessian].filter((one) => one !== "")) {
    const matrix = matrices.get(name);
    if (!matrix || matrix.loss) throw new Stop("not judged", `${name} is no matrix, or is of two losses`);
    matrix.loss = loss;
  }
}
