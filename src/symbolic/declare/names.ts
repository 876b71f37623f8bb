/** Declared names: each means one thing, and a name that is taken is refused with both places. */

import { builtIns, isBuiltIn, otherWords } from "../language/builtIns.js";
import type { Token } from "../language/tokens.js";
import { instancesSize } from "../world/world.js";
import { mapKinds } from "./indexMaps.js";
import { declarations, shownPlace } from "./script.js";

/** What a name stands for. `kind`: of an index map, conv or another. */
export interface Meaning {
  readonly what: "dimension" | "matrix" | "index map" | "matrix of an index map" | "loss";
  readonly kind?: string;
}

interface Taken extends Meaning {
  readonly at: number;
}

/** Words of the grammar of declarations. */
const words = "dims scalar scalars map from with gradient hessian each in floor".split(" ");

export class Names {
  private readonly taken = new Map<string, Taken>();
  /** Gradients and Hessians, and the loss that each belongs to. */
  private readonly derivatives = new Map<string, { readonly loss: string; readonly at: number }>();

  constructor(private readonly text: string) {}

  /** The name has this meaning from now on. Throws ParseError where it has another one already. */
  add({ text: name, at }: Pick<Token, "text" | "at">, meaning: Meaning): void {
    const word = whyReserved(name, meaning) ?? whyInstances(name, meaning);
    if (word !== undefined) throw declarations.error(this.text, at, word);
    const before = this.taken.get(name);
    if (before) throw this.twice(at, alreadyText(name, before), before.at);
    this.refuseDifferential(name, meaning, at);
    this.taken.set(name, { ...meaning, at });
  }

  /** The matrix is the gradient or the Hessian of this loss and of no other. */
  addDerivative({ text: name, at }: Pick<Token, "text" | "at">, loss: string): void {
    const before = this.derivatives.get(name);
    const what = `${name} belongs to the loss ${before?.loss} already; each gradient and Hessian needs a letter of its own`;
    if (before) throw this.twice(at, what, before.at);
    this.derivatives.set(name, { loss, at });
  }

  /** dX is declared with X, and the differential of X is written dX. */
  private refuseDifferential(name: string, { what }: Meaning, at: number): void {
    const X = name.startsWith("d") ? this.taken.get(name.slice(1)) : undefined;
    const of = `the differential of the matrix ${name.slice(1)} is ${name}, which needs no declaration`;
    if (X?.what === "matrix") throw this.twice(at, of, X.at);
    const dX = what === "matrix" ? this.taken.get(`d${name}`) : undefined;
    const own = `the differential of the matrix ${name} is d${name}, but`;
    if (dX) throw this.twice(at, `${own} ${alreadyText(`d${name}`, dX)}`, dX.at);
  }

  private twice(at: number, why: string, first: number): Error {
    const error = declarations.error(this.text, at, why);
    error.message += `\n${shownPlace(this.text, first, "first in")}`;
    return error;
  }
}

function alreadyText(name: string, { what }: Meaning): string {
  if (what === "dimension") return `${name} is a dimension already`;
  const article = what === "index map" ? "an" : what === "matrix of an index map" ? "the" : "a";
  return `${name} is declared already, as ${article} ${what}`;
}

/** Functions and words of the grammar. A size may be a letter such as d or K: with arguments it is the function. */
function whyReserved(name: string, { what, kind }: Meaning): string | undefined {
  const builtIn = isBuiltIn(name) ? name : otherWords.get(name);
  const isLetterOfSize = what === "dimension" && name.length === 1;
  if (builtIn !== undefined && !isLetterOfSize)
    return `${name} is a function already: ${builtIns[builtIn].form}, ${builtIns[builtIn].words}`;
  if (words.includes(name) || (Object.hasOwn(mapKinds, name) && kind !== name))
    return `${name} is a word of declarations; needed another name`;
  if (name === "x" && what === "dimension")
    return "x stands between rows and columns; needed another letter for a size";
  return undefined;
}

/** l is a size that no other gives. */
function whyInstances(name: string, { what }: Meaning): string | undefined {
  if (name !== instancesSize || what === "dimension" || what === "loss") return undefined;
  return `${instancesSize} is the number of instances, a size: dims ${instancesSize}; needed another letter`;
}
