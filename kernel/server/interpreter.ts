/** Cells, one after the other: converted, executed, and what they declare known to those after them. */
import { functionsMention } from "../pipe/cellNames.js";
import type { CellScript, Converted } from "../pipe/languageWords.js";
import type { ExecutionId } from "../pipe/runnerWords.js";
import type { Ended, Executions } from "./executions.js";
import type { Language } from "./languageProcess.js";
import { type ExecutionOutcome, failed, Interrupted, nothing } from "./outcome.js";
import { problemsFailure } from "./problems.js";
import type { RunnerProcess } from "./runnerProcess.js";

/** A cell's code, and how it is to be executed. */
export interface CellCode {
  readonly code: string;
  /** The n of In[n]. */
  readonly count: number;
  readonly allowInput: boolean;
  /** Whether the value of the last expression is asked for. */
  readonly wantsValue: boolean;
}

type Usable = Extract<Converted, { readonly declarations: string }>;

export class Interpreter {
  readonly #language: Language;
  readonly #runner: RunnerProcess;
  readonly #executions: Executions;
  /** What has been declared so far; another promise for each fresh runner. */
  #declared: string | Promise<string>;
  /** Rejects what waits for a conversion. */
  readonly #stops = new Set<() => void>();

  constructor(language: Language, runner: RunnerProcess, executions: Executions) {
    this.#language = language;
    this.#runner = runner;
    this.#executions = executions;
    this.#declared = this.#declarePrelude();
  }

  /** What has been declared so far. */
  get declarations(): Promise<string> {
    return Promise.resolve(this.#declared);
  }

  /** A fresh runner has taken the place of one that ended with all variables. */
  startAnew(): void {
    this.#declared = this.#declarePrelude();
  }

  /** Ends what is being converted, or waits for that: it throws Interrupted, and is not executed. */
  stop(): void {
    for (const stop of this.#stops) stop();
  }

  /** Runs a cell; its declarations are known to those after it. */
  async run(cell: CellCode, execution: ExecutionId): Promise<ExecutionOutcome> {
    const [before, converted] = await this.#convert(cell.code);
    if (isUsable(converted)) return this.#runConverted(cell, execution, before, converted);
    return failed(problemsFailure(converted.problems, cell.code, labelOf(cell)));
  }

  /** The value of an expression, which declares nothing. */
  async evaluate(expression: CellCode, execution: ExecutionId): Promise<ExecutionOutcome> {
    const { code } = expression;
    const declared = this.#declared;
    const [before, converted] = await this.#convert(`(${code}\n)`);
    if (!isUsable(converted)) return failed(problemsFailure(converted.problems, code, labelOf(expression)));
    if (declared === this.#declared) this.#settle(before, converted.declarations, []); // its functions may be kept
    return converted.script ? this.#execute(expression, execution, converted.script) : nothing;
  }

  /** The declarations before the code, and what it is converted to. */
  async #convert(code: string): Promise<[string, Converted]> {
    const converting = async (): Promise<[string, Converted]> => {
      const declared = this.#declared; // where it is known, the question is sent at once
      const before = typeof declared === "string" ? declared : await declared;
      return [before, await this.#language.convert(before, code)];
    };
    return this.#unlessStopped(converting());
  }

  async #unlessStopped<Value>(value: Promise<Value>): Promise<Value> {
    let stop = (): void => undefined;
    const stopped = new Promise<never>((_, reject) => {
      stop = () => reject(new Interrupted());
    });
    this.#stops.add(stop);
    return Promise.race([value, stopped]).finally(() => this.#stops.delete(stop));
  }

  async #runConverted(
    cell: CellCode,
    execution: ExecutionId,
    before: string,
    { script, declarations }: Usable,
  ): Promise<ExecutionOutcome> {
    const declaredBefore = this.#declared;
    if (!script) {
      this.#declared = declarations;
      return nothing;
    }
    const { failure, result, assigned } = await this.#execute(cell, execution, script);
    const isSameRunner = declaredBefore === this.#declared; // of a fresh one nothing of this cell is left
    if (isSameRunner && !failure) this.#declared = declarations;
    if (isSameRunner && failure) this.#settle(before, declarations, assigned);
    return { failure, result };
  }

  /** What lasts of a cell that ended half way. */
  #settle(before: string, after: string, assigned: readonly string[]): void {
    const settled = this.#language.settle(before, after, assigned);
    this.#declared = settled.catch(() => `${before}\n${functionsMention}*\n`);
  }

  #execute(cell: CellCode, execution: ExecutionId, script: CellScript): Promise<Ended> {
    const { count, allowInput, wantsValue } = cell;
    return this.#executions.start(
      { op: "execute", execution, count, script, allowInput, expression: wantsValue },
      labelOf(cell),
    );
  }

  /** The declarations of a fresh runner, which is told the names at the same time. */
  async #declarePrelude(): Promise<string> {
    const { declarations, values } = await this.#language.prelude();
    this.#runner.send({ op: "prelude", values });
    return declarations;
  }
}

function isUsable(converted: Converted): converted is Usable {
  return "declarations" in converted;
}

function labelOf({ count }: CellCode): string {
  return `In[${count}]`;
}
