import type * as TypeScript from "@tslab/typescript-for-tslab";

/** TypeScript as tslab brings it: the module that its parts are handed. */
export type Ts = typeof TypeScript;
