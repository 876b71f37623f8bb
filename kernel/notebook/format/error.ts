/** What is wrong with a notebook, said so that it can be mended: "FILE: field: what is wrong, what to do". */
export class NotebookError extends Error {
  override readonly name = "NotebookError";
  constructor(
    readonly file: string,
    readonly field: string,
    readonly problem: string,
  ) {
    super(`${file}: ${field}: ${problem}`);
  }
}
