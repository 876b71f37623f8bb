/** Random terms of a given size, as text. */

import type { Declared } from "./declared.js";
import { sizesOfMap } from "./declared.js";
import type { Random } from "./random.js";

/** A size as its factors, in any order; none for 1. */
export type Size = readonly string[];

export interface Shape {
  readonly rows: Size;
  readonly cols: Size;
}

/** What takes a matrix of one size to another. */
export interface MapTerm {
  readonly name: string;
  readonly matrix: string;
  readonly from: Shape;
  readonly to: Shape;
  readonly chooses: boolean;
}

export interface LossTerm {
  readonly name: string;
  readonly gradient: string;
  readonly of: Shape;
}

export function size(text: string): Size {
  return text === "1" ? [] : text.split("*");
}

export function textOf(factors: Size): string {
  return factors.join("*") || "1";
}

function isSame(x: Size, y: Size): boolean {
  return textOf([...x].sort()) === textOf([...y].sort());
}

export function isSameShape(x: Shape, y: Shape): boolean {
  return isSame(x.rows, y.rows) && isSame(x.cols, y.cols);
}

export const scalar: Shape = { rows: [], cols: [] };

export class Terms {
  readonly matrices: readonly { readonly name: string; readonly shape: Shape; readonly each: boolean }[];
  readonly maps: readonly MapTerm[];
  readonly losses: readonly LossTerm[];
  /** Names that may move: no derivative of a loss. */
  readonly variables: readonly string[];
  private readonly leaves: readonly { readonly name: string; readonly shape: Shape }[];

  constructor(
    readonly random: Random,
    readonly declared: Declared,
  ) {
    this.matrices = declared.matrices.map(({ name, rows, cols, each }) => ({
      name,
      shape: { rows: size(rows), cols: size(cols) },
      each,
    }));
    this.maps = declared.maps.map((map) => {
      const { from, to } = sizesOfMap(map);
      const shapeOf = ([rows, cols]: readonly [string, string]) => ({ rows: size(rows), cols: size(cols) });
      const { name, matrix, kind } = map;
      return { name, matrix, from: shapeOf(from), to: shapeOf(to), chooses: kind === "maxpool" };
    });
    this.losses = declared.losses.map(({ name, gradient }) => ({
      name,
      gradient,
      of: this.matrices.find((one) => one.name === gradient)?.shape ?? scalar,
    }));
    const derivatives = declared.losses.flatMap(({ gradient, hessian }) => [gradient, hessian]);
    this.variables = this.matrices.map(({ name }) => name).filter((name) => !derivatives.includes(name));
    this.leaves = [
      ...this.matrices,
      ...this.matrices.map(({ name, shape }) => ({ name: `d${name}`, shape })),
      ...this.maps.map(({ matrix, from, to }) => ({
        name: matrix,
        shape: { rows: [...to.rows, ...to.cols], cols: [...from.rows, ...from.cols] },
      })),
    ];
  }

  /** The size of a matrix that there is, often; else one of any sizes. */
  shape(): Shape {
    const { rows, cols } = this.random.of(this.matrices).shape;
    return this.random.oneIn(4) ? { rows, cols: this.inner() } : { rows, cols };
  }

  inner(): Size {
    const { shape } = this.random.of(this.matrices);
    return this.random.of([shape.rows, shape.cols, shape.cols.slice(0, 1)]);
  }

  shapeOf(name: string): Shape {
    return this.matrices.find((one) => one.name === name)?.shape ?? scalar;
  }

  /** A term of that size, no deeper than that. */
  term(shape: Shape, depth: number): string {
    if (depth <= 0) return this.leaf(shape);
    const more = () => this.term(shape, depth - 1);
    const { rows, cols } = shape;
    const flipped = { rows: cols, cols: rows };
    const factor = () => this.factor();
    const product = () => {
      const inner = this.inner();
      return `(${this.term({ rows, cols: inner }, depth - 1)}*${this.term({ rows: inner, cols }, depth - 1)})`;
    };
    return this.random.of<() => string>([
      () => this.leaf(shape),
      () => `(${more()} ${this.random.of(["+", "-"])} ${more()})`,
      () => `(${factor()}*${more()})`,
      () => `(${more()}/${this.random.of(["2", "3", ...this.declared.sizes])})`,
      () => `(${more()} .* ${more()})`,
      () => `${this.term(flipped, depth - 1)}'`,
      () => `(-${more()})`,
      product,
      product,
      () => `${this.random.of(["sigma", "sigma", "dsigma"])}(${more()})`,
      () => `Sum(${more()})`,
      () => this.special(shape, depth),
      () => this.special(shape, depth),
      () => this.special(shape, depth),
    ])();
  }

  /** A term with factors that are numbers, and move: xᵀy x, trace(X) X, ‖x‖² A, A/(1 + xᵀx). */
  multiple(shape: Shape): string {
    const { random } = this;
    const [A, c] = [this.term(shape, random.whole(0, 2)), this.number()];
    return random.of([
      `(${c})*${A}`,
      `${A}*(${c})`,
      `${A}/(${c})`,
      `(${c})*${A} + ${this.term(shape, 0)}`,
      `((${c})*${A})/2 - (${this.number()})*${this.term(shape, 0)}`,
    ]);
  }

  private number(): string {
    const [n, m] = [this.inner(), this.inner()];
    const [x, y] = [this.leaf({ rows: n, cols: [] }), this.leaf({ rows: n, cols: [] })];
    return this.random.of([
      `${x}'*${y}`,
      `${x}'*${x}`,
      `norm2(${this.leaf({ rows: n, cols: m })})`,
      `trace(${this.leaf({ rows: n, cols: n })})`,
      `(${this.factor()}*${this.factor()} - 1)^2`,
      `${x}'*${this.leaf({ rows: n, cols: n })}*${y}`,
    ]);
  }

  /** A number: a whole one, a size or a matrix of 1 × 1. */
  factor(): string {
    const numbers = this.matrices.filter(({ shape }) => isSameShape(shape, scalar)).map(({ name }) => name);
    return this.random.of(["2", "3", ...numbers, this.random.of(this.declared.sizes)]);
  }

  /** vec, mat, maps, losses, d, trace …: what there is of that size. */
  private special(shape: Shape, depth: number): string {
    const { rows, cols } = shape;
    const inside = (of: Shape) => this.term(of, depth - 1);
    const forms = [
      ...this.maps
        .filter(({ to }) => isSameShape(to, shape))
        .map(
          ({ name, from }) =>
            () =>
              `${name}(${inside(from)})`,
        ),
      () => `d(${inside(shape)}, ${this.random.of(this.variables)})`,
      () => `mat(${inside({ rows: [...rows, ...cols], cols: [] })}, ${textOf(rows)}, ${textOf(cols)})`,
    ];
    if (cols.length === 0 && rows.length > 0)
      forms.push(() => {
        const cut = this.random.whole(0, rows.length);
        return `vec(${inside({ rows: rows.slice(0, cut), cols: rows.slice(cut) })})`;
      });
    if (isSameShape(shape, scalar)) forms.push(...this.scalars(depth));
    if (isSame(rows, cols) && rows.length > 0) forms.push(() => `diag(${inside({ rows, cols: [] })})`);
    if (isSame(rows, cols) && rows.length === 2)
      forms.push(() => `K(${this.random.some(rows, 2).join(", ")})`);
    if (rows.length > 1) {
      const [first, ...rest] = rows;
      forms.push(() => `kron(${inside({ rows: [first], cols: [] })}, ${inside({ rows: rest, cols })})`);
      forms.push(() => `kron(${inside({ rows: [first], cols })}, ${inside({ rows: rest, cols: [] })})`);
    }
    return this.random.of(forms)();
  }

  private scalars(depth: number): (() => string)[] {
    const inside = (of: Shape) => this.term(of, depth - 1);
    const n = this.inner();
    const ofLosses = this.losses.map(
      ({ name, of }) =>
        () =>
          `${name}(${inside(of)})`,
    );
    return [
      ...ofLosses,
      ...ofLosses,
      () => `trace(${inside({ rows: n, cols: n })})`,
      () => `norm2(${inside(this.shape())})`,
      () => this.factor(),
    ];
  }

  private leaf(shape: Shape): string {
    const { rows, cols } = shape;
    const flipped = { rows: cols, cols: rows };
    const own = this.leaves.filter((one) => isSameShape(one.shape, shape)).map(({ name }) => name);
    const turned = this.leaves.filter((one) => isSameShape(one.shape, flipped)).map(({ name }) => `${name}'`);
    const constants = [cols.length === 0 && rows.length > 0 ? `ones(${textOf(rows)})` : undefined];
    if (rows.length + cols.length > 0) constants.push(`ones(${textOf(rows)}, ${textOf(cols)})`);
    if (isSame(rows, cols) && rows.length > 0) constants.push(`I(${textOf(rows)})`);
    if (rows.length + cols.length === 0) constants.push(this.factor());
    const outer = `(${this.vector(rows)}*${this.vector(cols)}')`;
    const known = [...own, ...own, ...own, ...turned];
    const others = [...constants.filter((text) => text !== undefined), outer];
    return known.length > 0 && !this.random.oneIn(5) ? this.random.of(known) : this.random.of(others);
  }

  private vector(rows: Size): string {
    const own = this.leaves.filter(({ shape }) => isSameShape(shape, { rows, cols: [] }));
    if (own.length > 0) return this.random.of(own).name;
    return rows.length === 0 ? this.factor() : `ones(${textOf(rows)})`;
  }
}
