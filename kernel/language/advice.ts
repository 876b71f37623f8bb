/** What a reader of the lecture is told besides TypeScript's own words. */

const products = 'of matrices: multiply(W, Z), or math.evaluate("W * Z", { W, Z })';
const sums = 'of matrices: add(S, T), or math.evaluate("S + T", { S, T })';

/** By the number of TypeScript's message. */
const advice: ReadonlyMap<number, string> = new Map([
  [2362, products], // the left side of an arithmetic operation is no number
  [2363, products], // the right side
]);

/** TypeScript's sentence, types by their names without the files they are from, with what was probably meant. */
export function advised(code: number, sentence: string): string {
  const message = sentence.replaceAll(/import\("[^"]*"\)\./g, "");
  const isSum = code === 2365 && /^Operator '[+-]' .*'(Matrix|ImageMatrix)'/.test(message);
  const more = isSum ? sums : advice.get(code);
  return more === undefined ? message : `${message} (${more})`;
}
