/** The names that converted cells use and the runner passes to them, beside `exports` and `require`. */

export const importName = "__philab_import";
/** What import.meta is. */
export const metaName = "__philab_meta";
export const defineName = "__philab_define";
/** Gives the variable of a name. */
export const variableName = "__philab_variable";
/** `__philab_of_lr.v` is what a cell's code has for its variable lr. */
export const variablePrefix = "__philab_of_";
export const flagName = "__philab_flag";
export const checkName = "__philab_check";

/** Turns between two looks at the flag: of loops without calls, or of pieces of 2^14 turns; milliseconds at most. */
export const turnsBetweenChecks: number = 1 << 10;
