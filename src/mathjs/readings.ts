/** Where mathjs reads an expression otherwise than the lecture does: said once, where a name of the lecture stands in it. */

import type { MathJsInstance, MathNode } from "mathjs";

/** What is said of a reading, or undefined where the expression has nothing of it. */
type Reading = (node: MathNode, scope: Scope) => string | undefined;

type Scope = Readonly<Record<string, unknown>> | ReadonlyMap<string, unknown> | undefined;

const readings: readonly Reading[] = [quotientOfProduct, listOfOneDimension];

/** Lets `evaluate` say such readings, each once, where one of the names stands in the expression. */
export function sayReadings(instance: MathJsInstance, names: ReadonlySet<string>): void {
  const evaluate = instance.evaluate.bind(instance) as (...args: readonly unknown[]) => unknown;
  const said = new Set<Reading>();
  const saying = (...args: readonly unknown[]): unknown => {
    const [expression, scope] = args;
    if (typeof expression === "string" && said.size < readings.length)
      for (const [reading, words] of readingsOf(instance, expression, scope as Scope, names))
        if (!said.has(reading)) {
          said.add(reading);
          console.warn(`math.evaluate: ${words}`);
        }
    return evaluate(...args);
  };
  instance.import({ evaluate: saying }, { override: true });
}

function readingsOf(
  instance: MathJsInstance,
  expression: string,
  scope: Scope,
  names: ReadonlySet<string>,
): [Reading, string][] {
  const node = parsed(instance, expression);
  if (!node || node.filter((part) => isOurs(part, names)).length === 0) return [];
  return readings.flatMap((reading) => {
    const found = node.filter((part) => reading(part, scope) !== undefined)[0];
    return found ? [[reading, reading(found, scope) as string] as [Reading, string]] : [];
  });
}

/** What cannot be parsed is said by evaluate itself. */
function parsed(instance: MathJsInstance, expression: string): MathNode | undefined {
  try {
    return instance.parse(expression);
  } catch {
    return undefined;
  }
}

interface Parts {
  readonly type: string;
  readonly name?: string;
  readonly op?: string;
  readonly implicit?: boolean;
  readonly args?: readonly MathNode[];
}

function isOurs(node: MathNode, names: ReadonlySet<string>): boolean {
  const { type, name } = node as unknown as Parts;
  return type === "SymbolNode" && name !== undefined && names.has(name);
}

/** 1/(2C) (q): mathjs multiplies first what stands without a sign. */
function quotientOfProduct(node: MathNode): string | undefined {
  const { op, args = [] } = node as unknown as Parts;
  if (op !== "/" || args.length !== 2) return undefined;
  const { op: inner, implicit } = args[1] as unknown as Parts;
  if (inner !== "*" || !implicit) return undefined;
  const [left, right] = args.map(String);
  return `${left} / ${right} is read as (${left}) / (${right}), for mathjs multiplies first what stands without a sign; the lecture divides first: write the sign *`;
}

/** v of [1, 2, 3]: neither a column nor a row. */
function listOfOneDimension(node: MathNode, scope: Scope): string | undefined {
  const { type, name } = node as unknown as Parts;
  if (type !== "SymbolNode" || name === undefined) return undefined;
  const value =
    scope instanceof Map ? scope.get(name) : (scope as Record<string, unknown> | undefined)?.[name];
  if (!isList(value)) return undefined;
  return `${name} is a list of one dimension, which mathjs takes for a row or a column as it fits: ${name}*${name}' is one number, S + ${name} adds it to each row; a column of the lecture is [[1], [2]] or a Matrix`;
}

function isList(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && !Array.isArray(value[0]);
  const { isMatrix, size } = (value ?? {}) as { readonly isMatrix?: boolean; readonly size?: () => number[] };
  return isMatrix === true && size?.call(value).length === 1;
}
