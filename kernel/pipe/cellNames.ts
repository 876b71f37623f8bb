/** The names that converted cells use and the runner passes to them, beside `exports` and `require`. */

export const importName = "__philab_import";
/** What import.meta is. */
export const metaName = "__philab_meta";
export const defineName = "__philab_define";
/** Gives the variable of a name. */
export const variableName = "__philab_variable";
/** `__philab_of_lr.v` is what a cell's code has for its variable lr. */
export const variablePrefix = "__philab_of_";
/** Its `possible` says whether there are objects that run code where nothing is called (valueOf, a Proxy's traps). */
export const coercionName = "__philab_coercion";
/** Gives what is caught the message that the cell's own text would have given it. */
export const mendName = "__philab_mend";
/** Gives a handler that mends what it is given. */
export const mendingName = "__philab_mending";
/** What is caught by a pattern. */
export const caughtName = "__philab_caught";
/** Not 0 while an interrupt is news: loops look at it. */
export const flagName = "__philab_flag";
/** What they call then. */
export const checkName = "__philab_check";

/** Begins the comment behind the declarations that names the variables which functions of cells mention; `*` stands for all. */
export const functionsMention = "// functions mention ";
