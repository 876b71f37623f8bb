/** Polynomials with whole coefficients in named variables: sizes such as a_out·b_out, and indices such as p·s + i. */

/** A product of variables, sorted, joined by "·" (the empty text is 1) → its coefficient, never 0. */
export interface Polynomial {
  readonly terms: ReadonlyMap<string, bigint>;
}

/** 0. */
export const zero: Polynomial = { terms: new Map() };

/** 1. */
export const one: Polynomial = constant(1);

/** The whole number n. */
export function constant(n: number | bigint): Polynomial {
  const value = BigInt(n);
  return { terms: value === 0n ? new Map() : new Map([["", value]]) };
}

/** The variable of that name; a name holds no "·". */
export function variable(name: string): Polynomial {
  return { terms: new Map([[name, 1n]]) };
}

/** x + y. */
export function plus(x: Polynomial, y: Polynomial): Polynomial {
  if (x.terms.size === 0) return y;
  const terms = new Map(x.terms);
  for (const [monomial, k] of y.terms) addTerm(terms, monomial, k);
  return { terms };
}

/** x − y. */
export function minus(x: Polynomial, y: Polynomial): Polynomial {
  if (y.terms.size === 0) return x;
  const terms = new Map(x.terms);
  for (const [monomial, k] of y.terms) addTerm(terms, monomial, -k);
  return { terms };
}

/** −x. */
export function negative(x: Polynomial): Polynomial {
  return { terms: new Map(Array.from(x.terms, ([monomial, k]) => [monomial, -k])) };
}

/** x y. */
export function times(x: Polynomial, y: Polynomial): Polynomial {
  const products: [string, bigint][] = [];
  for (const [m, j] of x.terms) for (const [n, k] of y.terms) products.push([joined(m, n), j * k]);
  return collected(products);
}

/** The product of a list; 1 where it is empty. */
export function product(factors: readonly Polynomial[]): Polynomial {
  return factors.reduce(times, one);
}

/** Whether x and y are the same polynomial. */
export function equal(x: Polynomial, y: Polynomial): boolean {
  return x.terms.size === y.terms.size && [...x.terms].every(([monomial, k]) => y.terms.get(monomial) === k);
}

/** The number that x is, where it is one. */
export function asNumber(x: Polynomial): number | undefined {
  if (x.terms.size === 0) return 0;
  const value = x.terms.get("");
  return x.terms.size === 1 && value !== undefined ? Number(value) : undefined;
}

/** The variables of x, each once. */
export function variables(x: Polynomial): string[] {
  return [...new Set(Array.from(x.terms.keys()).flatMap(factorsOf))];
}

/** x with each variable that `value` knows replaced. */
export function substitute(x: Polynomial, value: (name: string) => Polynomial | undefined): Polynomial {
  let sum = zero;
  for (const [monomial, k] of x.terms) {
    const factors = factorsOf(monomial).map((name) => value(name) ?? variable(name));
    sum = plus(sum, times(constant(k), product(factors)));
  }
  return sum;
}

/** The number that x is where the variables have the given values. Throws RangeError for a variable without one. */
export function evaluate(x: Polynomial, values: Readonly<Record<string, number>>): number {
  let sum = 0;
  for (const { k, names } of monomialsOf(x)) {
    let value = k;
    for (const name of names) value *= lookedUp(values, name);
    sum += value;
  }
  return sum;
}

/** A coefficient, and the variables that it is multiplied by, as often as they stand there. */
export interface Monomial {
  readonly k: number;
  readonly names: readonly string[];
}

const takenApart = new WeakMap<Polynomial, readonly Monomial[]>();

/** The terms of x, taken apart once: it may be evaluated thousands of times. */
export function monomialsOf(x: Polynomial): readonly Monomial[] {
  const known = takenApart.get(x);
  if (known) return known;
  const terms = Array.from(x.terms, ([monomial, k]) => ({ k: Number(k), names: factorsOf(monomial) }));
  takenApart.set(x, terms);
  return terms;
}

/** x / y where that is a polynomial and y a single product; undefined elsewhere. */
export function quotient(x: Polynomial, y: Polynomial): Polynomial | undefined {
  if (y.terms.size !== 1) return equal(x, y) ? one : undefined;
  const [[divisor, k]] = y.terms;
  const parts: [string, bigint][] = [];
  for (const [monomial, j] of x.terms) {
    const rest = without(factorsOf(monomial), factorsOf(divisor));
    if (rest === undefined || j % k !== 0n) return undefined;
    parts.push([rest.join("·"), j / k]);
  }
  return collected(parts);
}

/** The factors of a product of variables. */
export function factorsOf(monomial: string): string[] {
  return monomial === "" ? [] : monomial.split("·");
}

/** The terms in a fixed order, the highest degree first. */
export function sortedTerms(x: Polynomial): [monomial: string, coefficient: bigint][] {
  const degree = (monomial: string) => factorsOf(monomial).length;
  return [...x.terms].sort(([m], [n]) => degree(n) - degree(m) || (m < n ? -1 : 1));
}

/** As text: a_out·b_out, 2·h − 1. */
export function polynomialText(x: Polynomial): string {
  return written(x, (name) => name, "·");
}

/** As text, each variable written by `name` and products joined by `dot`. */
export function written(x: Polynomial, name: (variable: string) => string, dot: string): string {
  if (x.terms.size === 0) return "0";
  return sortedTerms(x)
    .map(([monomial, k], at) => {
      const size = k < 0n ? -k : k;
      const factors = [
        ...(size === 1n && monomial !== "" ? [] : [String(size)]),
        ...factorsOf(monomial).map(name),
      ];
      const sign = k < 0n ? "− " : "+ ";
      return (at > 0 ? sign : k < 0n ? "−" : "") + factors.join(dot);
    })
    .join(" ");
}

function collected(parts: Iterable<readonly [string, bigint]>): Polynomial {
  const terms = new Map<string, bigint>();
  for (const [monomial, k] of parts) addTerm(terms, monomial, k);
  return { terms };
}

function addTerm(terms: Map<string, bigint>, monomial: string, k: bigint): void {
  const sum = (terms.get(monomial) ?? 0n) + k;
  if (sum === 0n) terms.delete(monomial);
  else terms.set(monomial, sum);
}

function joined(m: string, n: string): string {
  if (m === "" || n === "") return m + n;
  return [...factorsOf(m), ...factorsOf(n)].sort().join("·");
}

/** The list without each of the given factors once; undefined where one is missing. */
function without(list: readonly string[], factors: readonly string[]): string[] | undefined {
  const rest = [...list];
  for (const factor of factors) {
    const at = rest.indexOf(factor);
    if (at < 0) return undefined;
    rest.splice(at, 1);
  }
  return rest;
}

function lookedUp(values: Readonly<Record<string, number>>, name: string): number {
  if (Object.hasOwn(values, name)) return values[name];
  throw new RangeError(
    `the size ${name} has no value; given are ${Object.keys(values).join(", ") || "none"}`,
  );
}
