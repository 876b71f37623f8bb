/** What was declared, one line for each name, as text and as TeX: the card of a lecture. */

import { written } from "../language/polynomial.js";
import { print } from "../language/print.js";
import { mapShapes, type Shape, shapeText } from "./shapes.js";
import { texOf, texShape } from "./tex.js";
import { texLoss, texMap, texName, texSizeName } from "./texNames.js";
import type { Counter, Dimension, IndexMap, Loss, MatrixSymbol, Place, World } from "./world.js";

/** A declared name and what it is. */
export interface CardLine {
  /** Among which names it stands. */
  readonly group: "sizes" | "matrices" | "maps" | "losses";
  readonly text: string;
  readonly tex: string;
}

type Line = Omit<CardLine, "group">;

/** The lines of a world in the order sizes, matrices, maps, losses; sizes without a definition share one. */
export function cardLines(world: World): readonly CardLine[] {
  const sizes = [...world.dimensions.values()];
  const free = sizes.filter(({ definition }) => !definition).map(({ name }) => name);
  const defined = sizes.filter(({ definition }) => definition).map((size) => definedLine(world, size));
  return [
    ...grouped("sizes", [...(free.length > 0 ? [freeLine(free)] : []), ...defined]),
    ...grouped(
      "matrices",
      [...world.matrices.values()].map((matrix) => matrixLine(world, matrix)),
    ),
    ...grouped(
      "maps",
      [...world.maps.values()].map((map) => mapLine(world, map)),
    ),
    ...grouped(
      "losses",
      [...world.losses.values()].map((loss) => lossLine(world, loss)),
    ),
  ];
}

function grouped(group: CardLine["group"], lines: readonly Line[]): CardLine[] {
  return lines.map((line) => ({ group, ...line }));
}

function freeLine(names: readonly string[]): Line {
  return {
    text: `sizes ${names.join(", ")}`,
    tex: `${names.map(texSizeName).join(",\\ ")} \\in \\{1, 2, \\ldots\\}`,
  };
}

function definedLine(world: World, { name, definition }: Dimension): Line {
  if (!definition) return freeLine([name]);
  return {
    text: `${name} = ${print(definition)}`,
    tex: `${texSizeName(name)} = ${texOf(world, definition)}`,
  };
}

function matrixLine(world: World, matrix: MatrixSymbol): Line {
  const each = matrix.each ? ", one for each instance" : "";
  return {
    text: `${matrix.name}: ${shapeText(matrix)}${each}`,
    tex: `${texName(world, matrix.name)} \\in ${texSpace(world, matrix)}`,
  };
}

function mapLine(world: World, map: IndexMap): Line {
  const { argument, result } = mapShapes(map);
  const [from, to] = [map.rows, map.cols].map((list) => countersText(list));
  const at = `(${from}; ${to})`;
  const places = `(${placesText(map.placeRows, plain)}; ${placesText(map.placeCols, plain)})`;
  const texPlaces = `(${placesText(map.placeRows, texSizeName)};\\,${placesText(map.placeCols, texSizeName)})`;
  const arrow = map.kind === "read" ? "reads" : "goes to";
  return {
    text: `${map.name}: ${shapeText(argument)} → ${shapeText(result)}, ${at} ${arrow} ${over(map)}${places}; ${map.matrix} its matrix`,
    tex: `${texMap(map)}\\colon ${texSpace(world, argument)} \\to ${texSpace(world, result)},\\quad (${from};\\,${to}) ${
      map.kind === "read" ? "\\leftarrow" : "\\mapsto"
    } ${texOver(map)}${texPlaces},\\quad ${texName(world, map.matrix)}`,
  };
}

function lossLine(world: World, loss: Loss): Line {
  const hessian = loss.hessian === undefined ? "" : `, Hessian ${loss.hessian}`;
  const texHessian =
    loss.hessian === undefined ? "" : `,\\ ${texName(world, loss.hessian)} =: ${texSizeName(loss.hessian)}`;
  return {
    text: `${loss.name}(${loss.argument}): a number, gradient ${loss.gradient}${hessian}`,
    tex: `${texLoss(world, loss)}(${texSizeName(loss.argument)}) \\in \\mathbb{R},\\quad ${texName(world, loss.gradient)} =: ${texSizeName(loss.gradient)}${texHessian}`,
  };
}

function texSpace(world: World, shape: Shape): string {
  return `\\mathbb{R}^{${texShape(world, shape)}}`;
}

function countersText(counters: readonly Counter[]): string {
  return counters.map(({ name }) => name).join(", ");
}

function placesText(places: readonly Place[], name: (text: string) => string): string {
  return places.map(({ at }) => written(at, name, name === plain ? "·" : "\\,")).join(", ");
}

function plain(name: string): string {
  return name;
}

/** What is done over the counters that are no index of the result. */
function over({ sums, chosen }: IndexMap): string {
  if (sums.length === 0) return "";
  return `the ${chosen ? "largest" : "mean"} over ${countersText(sums)} of `;
}

function texOver({ sums, chosen }: IndexMap): string {
  if (sums.length === 0) return "";
  return `\\operatorname*{${chosen ? "max" : "mean"}}_{${sums.map(({ name }) => texSizeName(name)).join(",")}} `;
}
