/**
 * Today's TypeScript, with functions that can be replaced: `npm run build` gives tslab this module where it asks for the
 * TypeScript that it brings (the compiler's own exports are getters, which cannot be assigned).
 */
import TypeScript from "typescript";

export type Ts = typeof TypeScript;

export const ts: Ts = TypeScript;
