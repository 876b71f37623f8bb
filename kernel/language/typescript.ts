/**
 * TypeScript as tslab brings it, with functions that can be replaced: `npm run build` gives tslab this module where it
 * asks for TypeScript (TypeScript's own exports are getters, which cannot be assigned).
 */
import TypeScript from "@tslab/typescript-for-tslab";

export type Ts = typeof TypeScript;

export const ts: Ts = TypeScript;
