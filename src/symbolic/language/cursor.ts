/** A place in a text, one token ahead. */

import { type Script, statements, type Token, tokensOf } from "./tokens.js";

export class Cursor {
  private readonly tokens: readonly Token[];
  private next = 0;

  /** Throws ParseError for a character that has no meaning. */
  constructor(
    readonly text: string,
    private readonly script: Script = statements,
  ) {
    this.tokens = tokensOf(text, script);
  }

  /** What stands here. */
  get token(): Token {
    return this.tokens[this.next];
  }

  /** The texts of this token and those after it. */
  ahead(count: number): string[] {
    return this.tokens.slice(this.next, this.next + count).map(({ text }) => text);
  }

  /** Goes on; gives what stood here. */
  skip(count = 1): Token {
    const { token } = this;
    this.next = Math.min(this.next + count, this.tokens.length - 1);
    return token;
  }

  /** Whether the sign stands here. */
  is(sign: string): boolean {
    return this.token.kind === "sign" && this.token.text === sign;
  }

  /** Goes on behind the sign, if it is here. */
  take(sign: string): boolean {
    const found = this.is(sign);
    if (found) this.skip();
    return found;
  }

  /** Goes on behind the sign. Throws ParseError where it is not here. */
  expect(sign: string, around: string): void {
    if (!this.take(sign)) throw this.error(`${this.here()}; needed ${sign} around ${around}`);
  }

  /** What stands here, in words. */
  here(): string {
    if (this.token.kind === "end") return "the text ends here";
    return this.is("\n") ? "the line ends here" : `here stands ${this.token.written}`;
  }

  /** What is wrong, here or where `at` says. */
  error(why: string, at: number = this.place): Error {
    return this.script.error(this.text, at, why);
  }

  /** Where this token stands; the end of a line or of the text is right behind what stands before it. */
  get place(): number {
    const last = this.tokens[this.next - 1];
    const isEnd = this.token.kind === "end" || this.is("\n");
    return isEnd && last && last.text !== "\n" ? last.at + last.written.length : this.token.at;
  }

  /** What was opened and is not closed. */
  unclosed(at: number, open: string, close: string): Error {
    if (this.token.kind === "end" || this.is("\n"))
      return this.error(`a ${open} is never closed; needed ${close}`, at);
    return this.error(`${this.here()}; needed ${close} or an operator`);
  }
}
