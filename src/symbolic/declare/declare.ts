/** The text of a `lecture` → its world: dimensions, matrices, index maps, losses. */

import type { Expression } from "../language/expression.js";
import { constant, type Polynomial, product, times } from "../language/polynomial.js";
import { print } from "../language/print.js";
import type { Token } from "../language/tokens.js";
import { sameShape, shapeText } from "../world/shape.js";
import { instancesSize, type World } from "../world/world.js";
import { readNamedMap, readOwnMap } from "./maps.js";
import { foreignToSizes, Reading } from "./reading.js";

/**
 * Reads declarations, one a line or separated by ";", with // before a comment:
 * `dims h s d`, `a_out = floor((a - h)/s) + 1`, `scalar C`, `W : d_out x h*h*d`, `Z : d x a*b each`,
 * `phi, P = conv(h, s, d, a, b)` (also padding(p, d, a, b), maxpool(q, d, a, b), avgpool(q, d, a, b)),
 * `map dil(i:h, j:h, c:d; p:a_out, q:b_out) = (c; p + 2*i, q + 2*j) from d x a*b`, `xi(S) with gradient G, hessian H`;
 * and as the lecture writes them `Z^{in,i} ∈ R^{d_in × a_in b_in}`, `b ∈ R^{d_out}`, `a_out = ⌊(a − h)/s⌋ + 1`.
 * The order of factors in a size is the order of the index, the first fastest. A name means one thing. The size l is the
 * number of instances: so many terms has Σ, and so many matrices there are of one declared `each`.
 * Throws ParseError or ShapeError that shows the declaration and the place in it.
 */
export function declare(text: string): World {
  const reading = new Reading(text);
  const { cursor } = reading;
  while (cursor.token.kind !== "end") {
    if (cursor.take(";") || cursor.take("\n")) continue;
    readDeclaration(reading);
    if (!reading.isEnd)
      throw cursor.error(`${cursor.here()}; needed an operator or the end of the declaration`);
  }
  return reading.world;
}

/** What begins a declaration, if no sign of the others stands behind it. */
const byWord: ReadonlyMap<string, (reading: Reading) => void> = new Map([
  ["dims", readDimensions],
  ["scalar", readScalars],
  ["scalars", readScalars],
  ["map", readOwnMap],
]);

/** What stands behind the name that is declared. */
const bySign: ReadonlyMap<string, (reading: Reading, name: Token) => void> = new Map([
  [":", readMatrix],
  ["∈", readSpace],
  ["in", readSpace],
  ["=", readDefinition],
  ["(", readLoss],
  [",", readNamedMap],
]);

function readDeclaration(reading: Reading): void {
  const { cursor } = reading;
  const [first, second] = cursor.ahead(2);
  const begin = bySign.has(second) ? undefined : byWord.get(first);
  if (begin) {
    cursor.skip();
    begin(reading);
    return;
  }
  const name = reading.name("a name that is declared, for example W : d_out x h*h*d_in");
  const goOn = bySign.get(cursor.token.text);
  if (!goOn) throw cursor.error(`${cursor.here()}: this is no declaration; for example W : d_out x h*h*d_in`);
  cursor.skip();
  goOn(reading, name);
}

function readDimensions(reading: Reading): void {
  for (const name of reading.list("the name of a dimension")) addDimension(reading, name);
}

function readScalars(reading: Reading): void {
  for (const name of reading.list("the name of a scalar")) addMatrix(reading, name, [], [], isEach(name));
}

/** W : d_out x h*h*d each */
function readMatrix(reading: Reading, name: Token): void {
  const { cursor, reader } = reading;
  const rows = reading.digits();
  if (!reader.takeCross())
    throw cursor.error(`${cursor.here()}; needed x and the columns, as W : d_out x h*h*d_in`);
  addMatrix(reading, name, rows, reading.digits(), reading.takeWord("each") || isEach(name));
}

/** Z^{in,i} ∈ R^{d_in × a_in b_in}, b ∈ R^{d_out}, G in R^(m x n), v ∈ R^n */
function readSpace(reading: Reading, name: Token): void {
  const { cursor } = reading;
  if (!cursor.take("ℝ")) throw cursor.error(`${cursor.here()}; needed R^{rows × columns} or R^{rows}`);
  const { rows, cols } = sizesOfSpace(reading);
  addMatrix(reading, name, rows, cols, reading.takeWord("each") || isEach(name));
}

interface Sizes {
  readonly rows: readonly Polynomial[];
  readonly cols: readonly Polynomial[];
}

function sizesOfSpace(reading: Reading): Sizes {
  const { cursor, reader } = reading;
  const figure = /^\^(\d+)$/.exec(cursor.token.text);
  if (figure) cursor.skip();
  if (figure) return { rows: [constant(Number(figure[1]))], cols: [] };
  reading.expect("^", "and the size of the space");
  const opened = cursor.place;
  const open = cursor.token.text;
  const close = cursor.take("{") ? "}" : cursor.take("(") ? ")" : undefined;
  if (close === undefined) return { rows: reading.digitsOf(reader.operand()), cols: [] };
  const rows = reading.digits();
  const cols = reader.takeCross() ? reading.digits() : [];
  if (!cursor.take(close)) throw cursor.unclosed(opened, open, close);
  return { rows, cols };
}

/** Z^{in,i} and Zⁱ: one for each instance. */
function isEach({ written }: Token): boolean {
  return /\^\{\s*(?:[^{}]*,\s*)?i\s*\}|[ᵢⁱ]/.test(written);
}

function addDimension({ names, world }: Reading, token: Token, definition?: Expression): void {
  const name = token.text;
  names.add(token, { what: "dimension" });
  world.dimensions.set(name, definition === undefined ? { name } : { name, definition });
}

/** a_out = floor((a − h)/s) + 1 */
function readDefinition(reading: Reading, name: Token): void {
  const { cursor, reader, world } = reading;
  const definition = reader.sum();
  const foreign = foreignToSizes(definition, (part) => isInDefinition(world, part));
  if (foreign) reading.refuse(`${print(foreign)} is no size; ${definesSize}`, foreign);
  if (name.text === instancesSize)
    throw cursor.error(
      `${instancesSize} is the number of instances, which follows from no size: dims ${instancesSize}`,
      name.at,
    );
  addDimension(reading, name, definition);
}

const definesSize =
  "= defines a size here, as a_out = floor((a - h)/s) + 1. A matrix is declared by its size, as S : d_out x a_out*b_out";

function isInDefinition(world: World, e: Expression): boolean {
  if (e.kind === "name") return world.dimensions.has(e.name);
  if (e.kind === "apply") return e.name === "floor" && e.args.length === 1;
  return (
    e.kind === "number" || (e.kind === "binary" && e.op !== ".*") || (e.kind === "unary" && e.op === "-")
  );
}

function addMatrix(
  { names, world }: Reading,
  token: Token,
  rowDigits: readonly Polynomial[],
  colDigits: readonly Polynomial[],
  each: boolean,
): void {
  const name = token.text;
  names.add(token, { what: "matrix" });
  const [rows, cols] = [product(rowDigits), product(colDigits)];
  world.matrices.set(name, { name, rows, cols, rowDigits, colDigits, each });
}

/** xi(S) with gradient G, hessian H */
function readLoss(reading: Reading, { text: name, at: place }: Token): void {
  const { cursor, names, world } = reading;
  const argument = reading.name(`the letter of its argument, as ${lossForm}`).text;
  reading.expect(")", `behind the argument, as ${lossForm}`);
  if (!reading.takeWord("with") || !reading.takeWord("gradient"))
    throw cursor.error(`${cursor.here()}; needed with gradient and a matrix, as ${lossForm}`);
  const gradient = readDerivative(reading, name);
  cursor.take(",");
  const hessian = reading.takeWord("hessian") ? readHessian(reading, name, gradient) : undefined;
  names.add({ text: name, at: place }, { what: "loss" });
  world.losses.set(name, { name, argument, gradient, ...(hessian === undefined ? {} : { hessian }) });
}

const lossForm = "xi(S) with gradient G";

/** The matrix of second derivatives by vec of what the gradient is taken by: of G's entries squared. */
function readHessian(reading: Reading, loss: string, gradient: string): string {
  const { at } = reading.cursor.token;
  const H = readDerivative(reading, loss);
  const { matrices } = reading.world;
  const [G, given] = [matrices.get(gradient), matrices.get(H)];
  if (!G || !given) return H;
  if (given.each && !G.each)
    throw reading.cursor.error(
      `the Hessian ${H} is one for each instance, and the gradient ${gradient} is one for all, as their loss would be; needed ${gradient} each`,
      at,
    );
  const entries = times(G.rows, G.cols);
  if (sameShape(reading.world, given, { rows: entries, cols: entries })) return H;
  const why = `the Hessian ${H} is ${shapeText(given)}; needed ${shapeText({ rows: entries, cols: entries })}, as ${gradient} is ${shapeText(G)}`;
  throw reading.cursor.error(why, at);
}

/** The matrix that is the gradient or the Hessian of a loss. */
function readDerivative(reading: Reading, loss: string): string {
  const token = reading.name("a declared matrix");
  if (!reading.world.matrices.has(token.text))
    throw reading.cursor.error(`${token.text} is not declared; needed a matrix`, token.at);
  reading.names.addDerivative(token, loss);
  return token.text;
}
