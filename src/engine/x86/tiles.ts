/** The addon with all machine code for one kind of number: what kernels/library.ts imports. */

import type { MachineCodeName } from "../kernels/library.js";
import { winogradForms, winogradNames } from "../kernels/winogradForm.js";
import { addon, type MachineFunction } from "./addon.js";
import type { Assembler } from "./assembler.js";
import { entriesCode, listedCode } from "./entries.js";
import { backCode, rowsCode } from "./filterTransforms.js";
import { inputCode, outputCode, slopeCode } from "./imageTransforms.js";
import { placesCode } from "./places.js";
import { processorCode } from "./processor.js";
import type { LaneType } from "./vectors.js";

/** Its file. */
export function tilesAddon(type: LaneType): Uint8Array {
  const codes: Readonly<Record<MachineCodeName | "processor", MachineFunction>> = {
    places: (assembler) => placesCode(assembler, type),
    listed: (assembler) => listedCode(assembler, type),
    entries: (assembler) => entriesCode(assembler, type),
    ...winogradTransforms(type),
    processor: processorCode,
  };
  return addon(codes);
}

function winogradTransforms(
  type: LaneType,
): Record<Exclude<MachineCodeName, "places" | "listed" | "entries">, MachineFunction> {
  const codes = winogradNames.flatMap((name) => [
    [`${name}Rows`, (assembler: Assembler) => rowsCode(assembler, type, winogradForms[name])],
    [`${name}Back`, (assembler: Assembler) => backCode(assembler, type, winogradForms[name])],
    [`${name}Input`, (assembler: Assembler) => inputCode(assembler, type, winogradForms[name])],
    [`${name}Output`, (assembler: Assembler) => outputCode(assembler, type, winogradForms[name])],
    [`${name}Slope`, (assembler: Assembler) => slopeCode(assembler, type, winogradForms[name])],
  ]);
  return Object.fromEntries(codes);
}
