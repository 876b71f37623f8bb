/** What a reader of the lecture is told besides TypeScript's own words. */

import { meantByLine, meantByMember, meantByName, meantByQuestion, placesOfEntries } from "./habits.js";

const products = 'of matrices: multiply(W, Z), or math.evaluate("W * Z", { W, Z })';
const sums = 'of matrices: add(S, T), or math.evaluate("S + T", { S, T })';
const powers = "of matrices: multiply(Z, Z); entry by entry dotMultiply(Z, Z)";
const transposes = 'of matrices: transpose(Z), or math.evaluate("Z\'", { Z })';

/** An error that TypeScript found. */
export interface Found {
  /** The number of its message. */
  readonly code: number;
  readonly sentence: string;
  /** The cell from its place on; nothing where it is in another file. */
  readonly here: string;
  /** The whole cell; nothing where it is in another file. */
  readonly cell: string;
}

/** TypeScript's sentence, types by their names without the files they are from, its first line with what was probably meant. */
export function advised(found: Found): string {
  const message = found.sentence.replaceAll(/import\("[^"]*"\)\./g, "");
  const more = adviceOn({ ...found, sentence: message });
  return more === undefined ? message : message.replace(/$|(?=\n)/, () => ` (${more})`);
}

const isOfMatrices = /'(?:Matrix|ImageMatrix)'/;
const firstRows = "matrix([[1, 2], [3, 4]]) takes a list of rows; of one row: matrix([[1, 2]])";

function adviceOn({ code, sentence, here, cell }: Found): string | undefined {
  const before = cell.slice(0, cell.length - here.length);
  const line = (before.split("\n").at(-1) as string) + here.split("\n", 1)[0];
  switch (code) {
    case 2362: // the left side of an arithmetic operation is no number
    case 2363: // the right side
      return isPower(before, here) ? powers : products;
    case 2365: // an operator cannot be applied
      return /^Operator '[+-]'/.test(sentence) && isOfMatrices.test(sentence) ? sums : undefined;
    case 2554: // too few or too many arguments
    case 2769: // none of its forms fits
      return ofCall(before, here, sentence);
    case 2695: // the left side of a comma is not used
      return /\w\[[^\][,]+,[^\][,]+\]/.test(line) ? placesOfEntries : undefined;
    case 2303: // import a … is read as import a = a
      return meantByLine(line);
    default:
      return code < 2000 ? (ofArgument(sentence) ?? ofSyntax(line)) : onTypes({ code, sentence, here, line });
  }
}

/** Of names and types that do not fit. */
function onTypes({ code, sentence, here, line }: Omit<Found, "cell"> & { line: string }): string | undefined {
  const [, quoted = ""] = /'([^']*)'/.exec(sentence) ?? [];
  switch (code) {
    case 2304: // no such name
      return isAssigned(here, quoted)
        ? `declare it: let ${quoted} = …`
        : (meantByName(quoted) ?? meantByLine(line));
    case 2339: // no such member
      if (/type 'Matrix</.test(sentence))
        return "of mathjs: M.get([i, j]), counted from 0; toMath and fromMath lead there and back";
      if (/type 'Lecture'/.test(sentence)) return meantByQuestion(quoted);
      return isOfMatrices.test(sentence) ? meantByMember(quoted) : undefined;
    case 2349: // it cannot be called
      return /^plot\s*\(/.test(here)
        ? "plot.heatmap(Z), plot.lines([…]) and others: plot? lists them"
        : undefined;
    case 2504: // no sequence of promises
      return /'TrainingRun/.test(sentence)
        ? "newtonSteps, sgdSteps and adamSteps give each state"
        : undefined;
    case 2739: // fields are missing
      return /to type 'Matrix'|from type 'Matrix'/.test(sentence) && /'number\[\]'/.test(sentence)
        ? "matrix(rows, columns, entries) makes one, and oneHot(labels) columns with a single 1"
        : undefined;
    default:
      return ofArgument(sentence);
  }
}

/** `W = …` where W is not there. */
function isAssigned(here: string, name: string): boolean {
  return here.startsWith(name) && /^\s*=(?![=>])/.test(here.slice(name.length));
}

function ofSyntax(line: string): string | undefined {
  return isTransposed(line) ? transposes : meantByLine(line);
}

/** Whether a name is followed by a quote that ends none. */
function isTransposed(line: string): boolean {
  return /[\w)\]]'(?:\W|$)/.test(line) && line.split("'").length % 2 === 0;
}

/** Whether the operator is ^ or **: the place is that of the side that is no number. */
function isPower(before: string, here: string): boolean {
  return /^(?:[\w.]|\([^()]*\)|\[[^\][]*\])+\s*(?:\^|\*\*)/.test(here) || /(?:\^|\*\*)\s*$/.test(before);
}

function ofCall(before: string, here: string, sentence: string): string | undefined {
  const [path] = /(?:[A-Za-z_$][\w$]*\.)*$/.exec(before) as RegExpExecArray;
  const [, name] = /^([A-Za-z_$][\w$]*)\s*\(/.exec(here) ?? [];
  const asked = name === undefined ? undefined : `${path}${name}? shows what it takes`;
  return ofArgument(sentence) ?? asked;
}

function ofArgument(sentence: string): string | undefined {
  if (/to parameter of type 'TemplateStringsArray'/.test(sentence))
    return "its text stands between backquotes, without parentheses: lecture`…`";
  if (/to parameter of type '(?:ConvShape|PoolShape)'/.test(sentence))
    return "a shape comes from convShape({ a, b, d, h }), or poolShape";
  if (
    /(?:'number' is not assignable to|of type '\w+' .* parameter of) type 'readonly \(?(?:readonly )?number\[\]/.test(
      sentence,
    )
  )
    return firstRows;
  return undefined;
}
