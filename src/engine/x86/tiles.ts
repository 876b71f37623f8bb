/** The addon with all machine code for one kind of number: what kernels/machineTiles.ts imports. */

import type { machineCodeNames } from "../kernels/machineTiles.js";
import { addon, type MachineFunction } from "./addon.js";
import { entriesCode, listedCode } from "./entries.js";
import { placesCode } from "./places.js";
import { processorCode } from "./processor.js";
import type { LaneType } from "./vectors.js";

type Names = (typeof machineCodeNames)[number] | "processor";

/** Its file. */
export function tilesAddon(precision: LaneType): Uint8Array {
  const codes: Readonly<Record<Names, MachineFunction>> = {
    places: (assembler) => placesCode(assembler, precision),
    listed: (assembler) => listedCode(assembler, precision),
    entries: (assembler) => entriesCode(assembler, precision),
    processor: processorCode,
  };
  return addon(codes);
}
