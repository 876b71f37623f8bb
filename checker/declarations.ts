/** Declarations, read from their text. */
import { type IndexMap, lectureMaps, readLectureMap, readMap } from "./maps.js";
import { type Pair, readPair, readSize } from "./sizes.js";
import { plainText } from "./spelling.js";
import { Stop } from "./stop.js";
import { type Expression, node, Words } from "./words.js";

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
  for (const line of plainText(text)
    .replace(/\/\/.*/g, "")
    .split("\n")) {
    for (const words = new Words(line); words.next !== ""; ) {
      if (!words.accept(";")) readDeclaration(words, declared);
      if (words.next !== "") words.need(";");
    }
  }
  for (const [name, loss] of declared.losses) noteDerivatives(declared, name, loss);
  return declared;
}

const one = node("number", [], "1");

function readDeclaration(words: Words, declared: Declared): void {
  if (words.accept("dims")) readNames(words, (name) => addSize(declared, name));
  else if (words.accept("scalar") || words.accept("scalars"))
    readNames(words, (name) => addMatrix(declared, name, [one, one]));
  else if (words.accept("map")) addMap(declared, words.name(), readSelector(words), readMap(words, "map"));
  else readNamed(words, declared, readName(words));
}

function readNamed(words: Words, declared: Declared, name: Name): void {
  if (words.accept("(")) addLoss(declared, name.text, words);
  else if (words.accept(":")) addMatrix(declared, name, readPair(words), words.accept("each"));
  else if (words.accept("in")) addMatrix(declared, name, readRealSize(words), words.accept("each"));
  else if (words.accept("=") && !lectureMaps.has(words.next)) addSize(declared, name, readSize(words));
  else addMap(declared, name.text, readSelector(words), readLectureMap(words));
}

interface Name {
  readonly text: string;
  /** It carries the mark of the instance. */
  readonly isOfInstance: boolean;
}

/** W^1 is W_1; Z^i is Z, and @ stands behind a name that carried the mark of the instance among others. */
function readName(words: Words): Name {
  const name = words.name();
  const mark = words.accept("^") ? words.take() : "";
  const isOfInstance = words.accept("@") || mark === "i";
  return { text: mark === "" || mark === "i" ? name : `${name}_${mark}`, isOfInstance };
}

function readNames(words: Words, add: (name: Name) => void): void {
  do add(readName(words));
  while (words.accept(",") || !["", ";"].includes(words.next));
}

/** The name of a map's matrix; empty where there is none. */
function readSelector(words: Words): string {
  return words.accept(",") ? words.name() : "";
}

/** R^ with rows x columns, or with rows alone, of a column; in braces, in parentheses or bare. */
function readRealSize(words: Words): Pair {
  for (const word of ["R", "^"]) words.need(word);
  const end = words.accept("{") ? "}" : words.accept("(") ? ")" : "";
  const rows = readSize(words);
  const columns = words.accept("x") ? readSize(words) : one;
  if (end !== "") words.need(end);
  return [rows, columns];
}

/** One name is one thing, and l is the number of instances. */
function declare({ kinds }: Declared, kind: string, name: string): void {
  if (kinds.has(name) || !/^[A-Za-z]/.test(name) || (name === "l" && kind !== "size"))
    throw new Stop("not judged", `${name} is declared twice, or no name`);
  kinds.set(name, kind);
}

function addSize(declared: Declared, { text, isOfInstance }: Name, definition?: Expression): void {
  declare(declared, "size", text);
  if (isOfInstance || (text === "l" && definition)) throw new Stop("not judged", `the size ${text}`);
  declared.sizes.set(text, definition);
}

function addMatrix(declared: Declared, { text, isOfInstance }: Name, size: Pair, isEach = false): void {
  declare(declared, "matrix", text);
  declare(declared, "differential", `d${text}`);
  declared.matrices.set(text, { size, each: isEach || isOfInstance, loss: "" });
}

function addMap(declared: Declared, f: string, P: string, map: IndexMap): void {
  declare(declared, "map", f);
  declare(declared, "selector", P || `P_${f}`);
  declared.maps.set(f, map);
  declared.selectors.set(P || `P_${f}`, f);
}

/** xi(S) with gradient G, hessian H, behind the first parenthesis. */
function addLoss(declared: Declared, xi: string, words: Words): void {
  readName(words);
  for (const word of [")", "with", "gradient"]) words.need(word);
  const gradient = readName(words).text;
  words.accept(",");
  declare(declared, "loss", xi);
  declared.losses.set(xi, { gradient, hessian: words.accept("hessian") ? readName(words).text : "" });
}

/** A gradient or a Hessian is that of one loss. */
function noteDerivatives({ matrices }: Declared, loss: string, { gradient, hessian }: Loss): void {
  for (const name of [gradient, hessian].filter((one) => one !== "")) {
    const matrix = matrices.get(name);
    if (!matrix || matrix.loss) throw new Stop("not judged", `${name} is no matrix, or is of two losses`);
    matrix.loss = loss;
  }
}
