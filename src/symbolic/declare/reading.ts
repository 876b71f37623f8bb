/** A text of declarations while it is read, and the world that it makes. */

import { Cursor } from "../language/cursor.js";
import { children, type Expression, factors } from "../language/expression.js";
import type { Polynomial } from "../language/polynomial.js";
import { Reader } from "../language/reader.js";
import type { Token } from "../language/tokens.js";
import { ShapeError, sizeOf } from "../world/shapes.js";
import type { Dimension, IndexMap, Loss, MatrixSymbol, World } from "../world/world.js";
import { Names } from "./names.js";
import { declarations, shownPlace } from "./script.js";

/** A world that grows: each declaration may use the names before it. */
export interface OpenWorld extends World {
  readonly dimensions: Map<string, Dimension>;
  readonly matrices: Map<string, MatrixSymbol>;
  readonly maps: Map<string, IndexMap>;
  readonly losses: Map<string, Loss>;
}

export class Reading {
  readonly cursor: Cursor;
  readonly reader: Reader;
  readonly names: Names;
  readonly world: OpenWorld;

  constructor(readonly text: string) {
    this.cursor = new Cursor(text, declarations);
    this.reader = new Reader(this.cursor);
    this.names = new Names(text);
    const empty = { dimensions: new Map(), matrices: new Map(), maps: new Map(), losses: new Map() };
    this.world = { declarations: text, ...empty };
  }

  /** Whether a declaration ends here. */
  get isEnd(): boolean {
    return this.cursor.token.kind === "end" || this.cursor.is(";") || this.cursor.is("\n");
  }

  /** Goes on behind the name that stands here. */
  name(what: string): Token {
    if (this.cursor.token.kind !== "name") throw this.cursor.error(`${this.cursor.here()}; needed ${what}`);
    const token = this.cursor.skip();
    // n^{1} is a power elsewhere
    const mark = /^\^\{(\d+)\}$/.exec(this.cursor.ahead(4).join(""))?.[1];
    if (mark === undefined) return token;
    this.cursor.skip(4);
    return { ...token, text: `${token.text}_${mark}` };
  }

  /** Goes on behind the sign. Throws ParseError that says what it is needed for. */
  expect(sign: string, why: string): void {
    if (!this.cursor.take(sign)) throw this.cursor.error(`${this.cursor.here()}; needed ${sign} ${why}`);
  }

  /** Goes on behind the word, if it is here. */
  takeWord(word: string): boolean {
    const isHere = this.cursor.token.kind === "name" && this.cursor.token.text === word;
    if (isHere) this.cursor.skip();
    return isHere;
  }

  /** Names up to the end, with or without commas between them. */
  list(what: string): Token[] {
    const list = [this.name(what)];
    while (!this.isEnd) {
      this.cursor.take(",");
      list.push(this.name(what));
    }
    return list;
  }

  /** The factors of a size in the order they are written; none for 1. */
  digits(): Polynomial[] {
    return this.digitsOf(this.reader.size());
  }

  /** The factors of a size that has been read. */
  digitsOf(e: Expression): Polynomial[] {
    if (e.kind === "number" && e.value === 1) return [];
    return factors(e).map((factor) => this.sizeOf(factor));
  }

  /** A size. Throws ShapeError that shows the part that is none. */
  sizeOf(e: Expression, world: World = this.world): Polynomial {
    try {
      return sizeOf(world, e);
    } catch (error) {
      const foreign = foreignToSizes(e, (part) => isSize(world, part)) ?? e;
      if (!(error instanceof ShapeError)) throw error;
      throw new ShapeError(`${error.message}\n${shownPlace(this.text, this.placeOf(foreign))}`);
    }
  }

  /** Throws ParseError that shows the place of the part. */
  refuse(why: string, about: Expression): never {
    throw this.cursor.error(why, this.placeOf(about));
  }

  /** Where an expression was read: where its first operand begins. */
  private placeOf(e: Expression): number {
    const place = this.reader.places.get(e);
    return place ?? this.placeOf(children(e)[0]);
  }
}

/** The first part that does not belong in a size. */
export function foreignToSizes(
  e: Expression,
  belongs: (part: Expression) => boolean,
): Expression | undefined {
  if (!belongs(e)) return e;
  for (const part of children(e)) {
    const foreign = foreignToSizes(part, belongs);
    if (foreign) return foreign;
  }
  return undefined;
}

function isSize(world: World, e: Expression): boolean {
  if (e.kind === "name") return world.dimensions.has(e.name);
  if (e.kind === "binary") return e.op !== "/" && e.op !== ".*";
  return e.kind === "number" || (e.kind === "unary" && e.op === "-");
}
