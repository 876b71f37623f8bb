/** The names of a formula in LaTeX, and the declared names that they stand for: Z^{\text{in}} may be the Z of a lecture. */

import { isBuiltIn, otherWords } from "../language/builtIns.js";
import { children, type Expression, withChildren } from "../language/expression.js";
import { type NameLookup, readTex } from "./readTex.js";
import { isScalar } from "./shape.js";
import { texLoss, texMap, texName } from "./texNames.js";
import { texWords } from "./texWords.js";
import { mapOfMatrix, matrixNamed, type World } from "./world.js";

/** The names of a world, by how they are written. */
export class WrittenNames implements NameLookup {
  readonly #functions = new Map<string, string>();
  readonly #quantities = new Map<string, string>();
  /** Those that LaTeX writes as a formula: gradients and Hessians. */
  readonly #formulas = new Map<string, string>();
  /** Those that are written with marks of their own, as P_\phi: with other marks they are other names. */
  readonly #marked = new Set<string>();

  constructor(private readonly world: World) {
    for (const map of world.maps.values()) this.#enter(this.#functions, map.name, texMap(map));
    for (const loss of world.losses.values()) this.#enter(this.#functions, loss.name, texLoss(world, loss));
    const matrices = [...world.maps.values()].map(({ matrix }) => matrix);
    for (const name of [...world.dimensions.keys(), ...world.matrices.keys(), ...matrices])
      this.#enter(this.#quantities, name, texName(world, name));
  }

  kindOf(name: string): "function" | "matrix" | "number" | undefined {
    if (this.#functions.has(name) || isBuiltIn(name) || otherWords.has(name)) return "function";
    const quantity = this.#quantity(name);
    if (quantity === undefined) return undefined;
    const matrix = matrixNamed(this.world, quantity);
    const isNumber = this.world.dimensions.has(quantity) || (matrix !== undefined && isScalar(matrix));
    return isNumber ? "number" : "matrix";
  }

  named(words: string): string | undefined {
    return this.#formulas.get(words);
  }

  /**
   * The expressions with the declared names for those that are written. A letter that is declared without marks is also meant
   * by one that has some, as Z by Z^{out}, but never by two of them. What is not found stays as it is written.
   */
  declared(statement: readonly Expression[]): Expression[] {
    const written = new Set(statement.flatMap((e) => [...namesIn(e)]));
    const meant = new Map<string, string>();
    for (const look of [this.#asWritten, this.#byLetter])
      for (const name of written) {
        const found = meant.has(name) ? undefined : look(name);
        if (found !== undefined && ![...meant.values()].includes(found)) meant.set(name, found);
      }
    return statement.map((e) => renamed(e, meant));
  }

  /** Names are told apart by what they are: a function and a matrix may have one letter. */
  readonly #asWritten = (key: string): string | undefined =>
    key.endsWith("()") ? this.#functions.get(key.slice(0, -2)) : this.#quantity(key);

  readonly #byLetter = (key: string): string | undefined => {
    const isFunction = key.endsWith("()");
    const letter = key.replace("()", "").replace(/_.*$/, "");
    return this.#marked.has(letter) ? undefined : this.#asWritten(isFunction ? `${letter}()` : letter);
  };

  #quantity(name: string): string | undefined {
    const found = this.#quantities.get(name);
    if (found !== undefined || !name.startsWith("d")) return found;
    const of = this.#quantities.get(name.slice(1));
    return of !== undefined && this.world.matrices.has(of) ? `d${of}` : undefined;
  }

  /** Under its own name, and under the one that its LaTeX is read as. */
  #enter(names: Map<string, string>, name: string, tex: string): void {
    if (tex.startsWith("\\frac")) this.#formulas.set(texWords(tex).join(""), name);
    names.set(name, name);
    const read = tex.startsWith("\\frac") ? name : readTex(tex, noNames);
    if (read.includes("_")) this.#marked.add(name);
    if (!names.has(read)) names.set(read, name);
  }
}

const noNames: NameLookup = { kindOf: () => undefined, named: () => undefined };

/** "Z" for a name, "phi()" for a function. */
function* namesIn(e: Expression): Generator<string> {
  if (e.kind === "name") yield e.name;
  if (e.kind === "apply") yield `${e.name}()`;
  for (const part of children(e)) yield* namesIn(part);
}

function renamed(e: Expression, meant: ReadonlyMap<string, string>): Expression {
  const parts = withChildren(
    e,
    children(e).map((part) => renamed(part, meant)),
  );
  if (parts.kind === "name") return { ...parts, name: meant.get(parts.name) ?? parts.name };
  if (parts.kind === "apply") return { ...parts, name: meant.get(`${parts.name}()`) ?? parts.name };
  return parts;
}

/** The names of a formula that no declaration has, as they are written; functions with "()". */
export function foreignNames(world: World, e: Expression): string[] {
  const isKnown = (key: string): boolean =>
    key.endsWith("()")
      ? world.maps.has(key.slice(0, -2)) || world.losses.has(key.slice(0, -2))
      : world.dimensions.has(key) ||
        matrixNamed(world, key) !== undefined ||
        mapOfMatrix(world, key) !== undefined;
  return [...new Set(namesIn(e))].filter((key) => !isKnown(key));
}
