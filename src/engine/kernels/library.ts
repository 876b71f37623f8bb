/** All the functions of the engine's module, and their numbers. */

import { float32, float64, type NumberType } from "../wasm/instructions.js";
import {
  type FunctionSource,
  type ImportedFunction,
  type MemoryLimits,
  moduleBytes,
} from "../wasm/module.js";
import { chosenFunction, largestFunction, sendBackFunction } from "./choice.js";
import {
  addFunction,
  addRunFunction,
  clearFunction,
  copyFunction,
  filtersFunction,
  packPlacesFunction,
  sumPlacesFunction,
} from "./copy.js";
import { dotFunction } from "./dot.js";
import { elementFunctions } from "./elementwise.js";
import { entriesFunction } from "./entriesTask.js";
import { filterTransformNames, machineFilterTransforms, wasmFilterTransforms } from "./filterTransforms.js";
import { frameFunction } from "./frame.js";
import { imageTransformNames, machineImageTransforms, wasmImageTransforms } from "./imageTransforms.js";
import { machineTiles, tileNames } from "./machineTiles.js";
import { placesFunction } from "./placesTask.js";
import { planesFunction } from "./planes.js";
import { addAtPlacesFunction, avgPoolFunction, maxPoolFunction, spreadPoolFunction } from "./pool.js";
import { runsFunction } from "./runs.js";
import { scatterFunction } from "./scatterTask.js";
import { runOneFunction, takenFromFunction } from "./scheduler.js";
import { slidingWindows } from "./slidingWindow.js";
import { squaresFunction, squaresWalks } from "./squares.js";
import type { TileStyle } from "./tile.js";
import type { TileCode } from "./tiles.js";
import { packColumnsFunction, packTurnedFunction } from "./transpose.js";
import { wasmTiles } from "./wasmTiles.js";
import { addWindowsFunction, copyWindowsFunction, windowsWalks } from "./windows.js";
import { winogradTransforms } from "./winograd.js";
import { winogradForms, winogradNames } from "./winogradForm.js";
import { filterFunction, gradientFunction, productFunction } from "./winogradProducts.js";

/** Machine code by its names: functions of the address of a record in the memory. */
export const machineCodeNames: readonly MachineCodeName[] = [
  ...tileNames,
  ...filterTransformNames,
  ...imageTransformNames,
];

export type MachineCodeName =
  | (typeof tileNames)[number]
  | (typeof filterTransformNames)[number]
  | (typeof imageTransformNames)[number];

/** How the tiles of a variant are cut, whatever the kind of number. */
export type TileCut = Omit<TileStyle, "type">;

/** A module for one kind of number: its bytes, and the number of each of its functions. */
export interface Library {
  readonly style: TileStyle;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly numbers: ReadonlyMap<string, number>;
}

/** The module of one kind of number, cut for a runtime. */
export function library(name: NumberType["name"], cut: TileCut, limits: MemoryLimits): Library {
  const style = { ...cut, type: name === "float32" ? float32 : float64 };
  const functions = sources(style);
  const numbers = new Map(functions.map((source, k) => [source.name, k]));
  return { style, bytes: moduleBytes(functions, limits), numbers };
}

function sources(style: TileStyle): (FunctionSource | ImportedFunction)[] {
  const functions: (FunctionSource | ImportedFunction)[] = [];
  /** Adds functions; the number of the first. */
  const add = (...more: (FunctionSource | ImportedFunction)[]): number =>
    functions.push(...more) - more.length;
  // who is imported comes before all others
  const imported =
    style.machineCode === true ? add(...machineCodeNames.map((name) => ({ name, params: 1 }))) : undefined;
  const tiles = imported === undefined ? wasmTiles(style, add) : machineTiles(style, imported, add);
  const addRun = add(addRunFunction(style.type));
  const task = add(placesFunction(tiles));
  add(entriesFunction(style, tiles), scatterFunction(style, tiles, addRun));
  add(
    frameFunction("frame"),
    frameFunction("unframe"),
    clearFunction(),
    copyFunction(),
    addFunction(addRun),
    packPlacesFunction(style),
    sumPlacesFunction(style),
  );
  add(filtersFunction(style, "pack"), filtersFunction(style, "unpack"));
  add(packTurnedFunction(style), packColumnsFunction(style));
  addPhi(style.type, add);
  add(...elementFunctions(style.type), dotFunction(style.type));
  add(spreadPoolFunction(style), addAtPlacesFunction(style));
  add(maxPoolFunction(style), avgPoolFunction(style), runsFunction("gather"), runsFunction("scatter"));
  add(largestFunction(style), chosenFunction(style), sendBackFunction(style));
  addWinograd(style, tiles, imported, add);
  add(runOneFunction(task, add(takenFromFunction())));
  return functions;
}

/** Winograd's forms; `imported`: the number of the first machine code, if there is any. */
function addWinograd(
  style: TileStyle,
  tiles: TileCode,
  imported: number | undefined,
  add: (...more: FunctionSource[]) => number,
): void {
  const images =
    imported === undefined
      ? undefined
      : machineImageTransforms(style, imported + machineCodeNames.indexOf(imageTransformNames[0]!), add);
  for (const name of winogradNames) {
    const form = winogradForms[name];
    const transforms =
      imported === undefined
        ? wasmFilterTransforms(style, form)
        : machineFilterTransforms(style, name, form, imported + machineCodeNames.indexOf(`${name}Rows`), add);
    add(...winogradTransforms(style, name, form, images?.get(name) ?? wasmImageTransforms));
    add(productFunction(style, name, form, tiles, transforms), filterFunction(style, name, form, transforms));
    add(gradientFunction(style, name, form, tiles, transforms));
  }
}

/** φ and P_φᵀ, for images of few channels and of many. */
function addPhi(type: NumberType, add: (...more: FunctionSource[]) => number): void {
  const [toPlanes, fromPlanes] = [add(planesFunction(type, "to")), add(planesFunction(type, "from"))];
  const [copies, additions] = [add(...windowsWalks(type, "copy")), add(...windowsWalks(type, "add"))];
  const sliding = add(...slidingWindows(type));
  add(copyWindowsFunction(type, toPlanes, copies), addWindowsFunction(type, fromPlanes, additions, sliding));
  for (const way of ["copy", "add"] as const) add(squaresFunction(way, add(...squaresWalks(type, way))));
}
