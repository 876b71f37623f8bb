/** All the functions of the engine's module, and their numbers. */

import { float32, float64, type NumberType } from "../wasm/instructions.js";
import { type FunctionSource, type MemoryLimits, moduleBytes } from "../wasm/module.js";
import {
  addRunFunction,
  addTask,
  clearTask,
  copyTask,
  filtersTask,
  packPlacesTask,
  sumPlacesTask,
} from "./copy.js";
import { entriesTask } from "./entriesTask.js";
import { entriesTiles, gatherTiles } from "./entriesTile.js";
import { frameTask } from "./frame.js";
import { panelFunction, placesTask } from "./placesTask.js";
import { placesTiles } from "./placesTile.js";
import { planesFunction } from "./planes.js";
import { avgPoolTask, maxPoolTask } from "./pool.js";
import { runsTask } from "./runs.js";
import { scatterTask } from "./scatterTask.js";
import { runOneFunction } from "./scheduler.js";
import { slidingWindows } from "./slidingWindow.js";
import { squaresFunctions, squaresTask } from "./squares.js";
import type { TileStyle } from "./tile.js";
import { packColumnsTask, packTurnedTask } from "./transpose.js";
import { addWindowsTask, copyWindowsTask, windowsFunctions } from "./windows.js";
import { winogradTransforms } from "./winograd.js";
import { winogradForms } from "./winogradForm.js";
import { filterTask, gradientTask, productTask } from "./winogradProducts.js";

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

function sources(style: TileStyle): FunctionSource[] {
  const functions: FunctionSource[] = [];
  /** Adds functions; the number of the first. */
  const add = (...more: FunctionSource[]): number => functions.push(...more) - more.length;
  const places = add(...placesTiles(style));
  const entries = add(...entriesTiles(style));
  const gather = add(...gatherTiles(style));
  const addRun = add(addRunFunction(style.type));
  const panel = add(panelFunction(style, places));
  const task = add(placesTask(style, panel));
  add(entriesTask(style, entries, gather), scatterTask(style, places, addRun));
  add(
    frameTask("frame"),
    frameTask("unframe"),
    clearTask(),
    copyTask(),
    addTask(addRun),
    packPlacesTask(style),
    sumPlacesTask(style),
  );
  add(filtersTask(style, "pack"), filtersTask(style, "unpack"));
  add(packTurnedTask(style), packColumnsTask(style));
  addPhi(style.type, add);
  add(maxPoolTask(style), avgPoolTask(style), runsTask("gather"), runsTask("scatter"));
  for (const [name, form] of Object.entries(winogradForms)) {
    add(...winogradTransforms(style, name, form));
    add(productTask(style, name, form, panel), filterTask(style, name, form));
    add(gradientTask(style, name, form, entries));
  }
  add(runOneFunction(task));
  return functions;
}

/** φ and P_φᵀ, for images of few channels and of many. */
function addPhi(type: NumberType, add: (...more: FunctionSource[]) => number): void {
  const [toPlanes, fromPlanes] = [add(planesFunction(type, "to")), add(planesFunction(type, "from"))];
  const [copies, additions] = [add(...windowsFunctions(type, "copy")), add(...windowsFunctions(type, "add"))];
  const sliding = add(...slidingWindows(type));
  add(copyWindowsTask(type, toPlanes, copies), addWindowsTask(type, fromPlanes, additions, sliding));
  for (const way of ["copy", "add"] as const) add(squaresTask(way, add(...squaresFunctions(type, way))));
}
