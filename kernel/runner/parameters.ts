/** The names that a cell's converted code is given beside the interrupt's: those of CommonJS and those our transformers wrote. */
import {
  coercionName,
  defineName,
  importName,
  mendingName,
  mendName,
  variableName,
} from "../pipe/cellNames.js";
import { cellFile, placeNames } from "./cellPlace.js";
import { mend, mending } from "./innerNames.js";
import { cellImport, cellRequire } from "./modules.js";
import { cellVariable, cellVariables, defineVariable } from "./variables.js";

export const cellParameters: Readonly<Record<string, unknown>> = {
  exports: cellVariables,
  require: cellRequire,
  [importName]: cellImport,
  [defineName]: defineVariable,
  [variableName]: cellVariable,
  [mendName]: mend,
  [mendingName]: mending,
  [coercionName]: { possible: false }, // until a cell makes such an object
  ...placeNames(cellFile),
};
