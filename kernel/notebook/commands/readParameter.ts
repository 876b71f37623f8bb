/** A parameter as the command line gives it: -p name=value. */
import ts from "typescript";
import { UsageError } from "../../usageError.js";
import type { Parameter } from "../format/parameters.js";

/** `name=value`: value is JSON (5, true, null, "5", [1, 2]), NaN, ±Infinity, or else text. Throws UsageError. */
export function readParameter(argument: string): Parameter {
  const equals = argument.indexOf("=");
  if (equals < 0) throw new UsageError(`-p ${argument}: needed name=value`);
  const name = argument.slice(0, equals).trim();
  if (!isName(name))
    throw new UsageError(`-p ${argument}: ${JSON.stringify(name)} is not a name of a variable`);
  return { name, value: readValue(argument.slice(equals + 1).trim()) };
}

function readValue(text: string): unknown {
  if (/^(NaN|[+-]?Infinity)$/.test(text)) return Number(text);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isName(text: string): boolean {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, false, ts.LanguageVariant.Standard, text);
  const kind = scanner.scan();
  const isFree = kind === ts.SyntaxKind.Identifier || kind > ts.SyntaxKind.LastFutureReservedWord;
  return isFree && scanner.getTokenEnd() === text.length;
}
