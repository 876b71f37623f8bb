/** The names that a declaration binds, in patterns too: `let { a, b: [c] } = v` binds a and c. */
import type * as TypeScript from "typescript";
import type { CellScope } from "./cellScope.js";
import type { Ts } from "./typescript.js";

type Binding = TypeScript.VariableDeclaration | TypeScript.BindingElement;

export class BoundNames {
  readonly #ts: Ts;
  readonly #scope: CellScope;

  constructor(ts: Ts, scope: CellScope) {
    this.#ts = ts;
    this.#scope = scope;
  }

  /** Whether one of the names is a variable of all cells. */
  isForAll({ declarations }: TypeScript.VariableDeclarationList): boolean {
    return declarations.some((each) => this.#of(each).some((binding) => this.#scope.declares(binding)));
  }

  names({ declarations }: TypeScript.VariableDeclarationList): string[] {
    return declarations
      .flatMap((each) => this.#of(each))
      .map(({ name }) => (name as TypeScript.Identifier).text);
  }

  /** The declarations of single names in a declaration. */
  #of(node: Binding): Binding[] {
    const { name } = node;
    if (this.#ts.isIdentifier(name)) return [node];
    return name.elements.flatMap((each) => (this.#ts.isOmittedExpression(each) ? [] : this.#of(each)));
  }
}
