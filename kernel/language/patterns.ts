/** What a declaration binds, as what an assignment assigns: `let { a, b: [c = 3] } = v` → `({ a: A, b: [C = 3] } = v)`. */
import type * as TypeScript from "typescript";
import type { Ts } from "./typescript.js";
import type { VariableNodes } from "./variableNodes.js";

type Visit = <Node extends TypeScript.Node>(node: Node) => Node;

/** Turns declared names into targets, each by `target`; expressions inside go through `visit`. */
export class Patterns {
  readonly #ts: Ts;
  readonly #factory: TypeScript.NodeFactory;
  readonly #nodes: VariableNodes;
  readonly #target: (name: TypeScript.Identifier) => TypeScript.Expression;
  readonly #visit: Visit;

  constructor(
    ts: Ts,
    factory: TypeScript.NodeFactory,
    nodes: VariableNodes,
    target: (name: TypeScript.Identifier) => TypeScript.Expression,
    visit: Visit,
  ) {
    this.#ts = ts;
    this.#factory = factory;
    this.#nodes = nodes;
    this.#target = target;
    this.#visit = visit;
  }

  /** The target of an assignment that gives the same names their values. */
  target(name: TypeScript.BindingName): TypeScript.Expression {
    const ts = this.#ts;
    if (ts.isIdentifier(name)) return this.#target(name);
    const made = ts.isObjectBindingPattern(name)
      ? this.#factory.createObjectLiteralExpression(name.elements.map((each) => this.#property(each)))
      : this.#factory.createArrayLiteralExpression(name.elements.map((each) => this.#element(each)));
    return ts.setTextRange(made, name);
  }

  /** The value, and a function knows the name that it is declared by. */
  value(name: TypeScript.BindingName, initializer: TypeScript.Expression): TypeScript.Expression {
    const value = this.#visit(initializer);
    return this.#ts.isIdentifier(name) ? this.#nodes.named(name.text, value) : value;
  }

  #property(element: TypeScript.BindingElement): TypeScript.ObjectLiteralElementLike {
    if (element.dotDotDotToken) return this.#factory.createSpreadAssignment(this.target(element.name));
    const name = element.propertyName ?? (element.name as TypeScript.Identifier);
    const key = this.#ts.isComputedPropertyName(name) ? this.#visit(name) : name;
    return this.#factory.createPropertyAssignment(key, this.#withDefault(element));
  }

  #element(element: TypeScript.ArrayBindingElement): TypeScript.Expression {
    if (this.#ts.isOmittedExpression(element)) return element;
    if (element.dotDotDotToken) return this.#factory.createSpreadElement(this.target(element.name));
    return this.#withDefault(element);
  }

  #withDefault({ name, initializer }: TypeScript.BindingElement): TypeScript.Expression {
    const target = this.target(name);
    return initializer ? this.#factory.createAssignment(target, this.value(name, initializer)) : target;
  }
}
