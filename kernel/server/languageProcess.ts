/** The protocol process's side of the language process: one promise per question. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Duplex } from "node:stream";
import { frameReader, objectFrame } from "../pipe/frames.js";
import { questionShortener, wholeValue } from "../pipe/knownDeclarations.js";
import type { LanguageAnswer, LanguageOperations, Request } from "../pipe/languageWords.js";
import { plainCommand, type ServiceCommand, serviceCommand } from "../place/snapshot.js";
import { Fill } from "./fill.js";

type Operation = keyof LanguageOperations;

type Ask<Name extends Operation> = (
  ...args: Parameters<LanguageOperations[Name]>
) => Promise<ReturnType<LanguageOperations[Name]>>;

/** The language process's operations, each answered by a promise. */
export type Language = { readonly [Name in Operation]: Ask<Name> };

interface OpenQuestion {
  readonly request: Request;
  /** In bytes, as it was sent first. */
  readonly size: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  /** Nobody waits for the answer any more. */
  isDropped: boolean;
}

/** How long a dropped conversion may take; a fresh process is there sooner than a long conversion ends. */
const patience = 500;

/**
 * For glibc's malloc, others do not know it: large blocks lie in huge pages and are kept when they are freed. Reading a
 * snapshot touches some 50 MB of them; in small pages, given back and taken again, that is a third of the start.
 */
const keepMemory =
  "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=1073741824:glibc.malloc.trim_threshold=4294967296";

/**
 * The process, started from the snapshot where there is one. If it dies (its own fault or memory), the open questions
 * fail and a fresh one takes its place.
 */
export class LanguageProcess implements Language {
  readonly prelude: Ask<"prelude"> = this.#asking("prelude");
  readonly convert: Ask<"convert"> = this.#asking("convert");
  readonly settle: Ask<"settle"> = this.#asking("settle");
  readonly complete: Ask<"complete"> = this.#asking("complete");
  readonly inspect: Ask<"inspect"> = this.#asking("inspect");
  readonly isComplete: Ask<"isComplete"> = this.#asking("isComplete");

  readonly #log: (text: string) => void;
  readonly #open = new Map<number, OpenQuestion>();
  /** Questions that are not answered yet. */
  readonly fill: Fill = new Fill(1_000, 32 * 2 ** 20);
  #lastId = 0;
  /** For the process there is: a fresh one has heard nothing. */
  #shorten = questionShortener();
  #child: ChildProcess;
  #isSnapshot: boolean;
  #hasAnswered = false;
  #isStopped = false;

  constructor(log: (text: string) => void, command: ServiceCommand = serviceCommand()) {
    this.#log = log;
    this.#isSnapshot = command.isSnapshot;
    this.#child = this.#start(command);
  }

  /** No conversion is wanted any more. If one still goes on after half a second, a fresh process takes this one's place. */
  dropConversions(): void {
    const conversions = [...this.#open].filter(([, { request }]) => request.operation === "convert");
    for (const [, question] of conversions) question.isDropped = true;
    if (conversions.length === 0) return;
    setTimeout(() => conversions.some(([id]) => this.#open.has(id)) && this.#startAnew(), patience);
  }

  /** Ends the process; open questions fail. */
  stop(): void {
    this.#isStopped = true;
    this.#child.kill("SIGKILL");
    this.#fail(() => true, "the language service was stopped");
  }

  #asking<Name extends Operation>(operation: Name): Ask<Name> {
    return (...args) => this.#ask(operation, args) as ReturnType<Ask<Name>>;
  }

  #ask(operation: Operation, args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      const request: Request = { id, operation, args };
      const question = objectFrame(this.#shorten(request));
      this.#open.set(id, { request, size: question.length, resolve, reject, isDropped: false });
      this.fill.add(question.length);
      lineOf(this.#child).write(question);
    });
  }

  /** What is still wanted is asked again. */
  #startAnew(): void {
    if (this.#isStopped) return;
    const old = this.#child;
    this.#child = this.#start(this.#isSnapshot ? serviceCommand() : plainCommand());
    this.#hasAnswered = false;
    old.kill("SIGKILL");
    this.#fail((_, { isDropped }) => isDropped, "the question was dropped");
    this.#askAgain();
  }

  #start({ node, args }: ServiceCommand): ChildProcess {
    const env = { GLIBC_TUNABLES: keepMemory, ...process.env };
    this.#shorten = questionShortener();
    const child = spawn(node, args, { env, stdio: ["ignore", "pipe", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => this.#log(text.trimEnd()));
    }
    const hear = frameReader((answer) => this.#hear(answer as LanguageAnswer));
    lineOf(child).on("data", hear);
    lineOf(child).on("error", () => undefined); // it has ended: "exit" says so
    child.on("error", (error) => this.#log(`the language service could not be started: ${error.message}`));
    child.on("exit", (code, signal) => this.#replace(child, `exit code ${code}, signal ${signal}`));
    return child;
  }

  #hear(answer: LanguageAnswer): void {
    this.#hasAnswered = true;
    const question = this.#take(answer.id);
    if ("error" in answer) question?.reject(new Error(answer.error));
    else question?.resolve(wholeValue(question.request, answer.value));
  }

  /**
   * Questions are answered in their order, so it died of the first of them: the others are asked again. A snapshot that
   * never answered is left alone from then on, and all are.
   */
  #replace(dead: ChildProcess, how: string): void {
    if (dead !== this.#child || this.#isStopped) return;
    this.#log(`the language service stopped (${how})`);
    const [first] = this.#open.keys();
    const mayBeSnapshot = this.#isSnapshot && !this.#hasAnswered;
    if (!mayBeSnapshot)
      this.#fail((id) => id === first, "the language service stopped; it was started again");
    this.#isSnapshot = false;
    this.#child = this.#start(plainCommand());
    this.#askAgain();
  }

  #askAgain(): void {
    for (const { request } of this.#open.values())
      lineOf(this.#child).write(objectFrame(this.#shorten(request)));
  }

  #fail(fits: (id: number, question: OpenQuestion) => boolean, why: string): void {
    for (const [id, question] of this.#open) {
      if (!fits(id, question)) continue;
      this.#take(id);
      question.reject(new Error(why));
    }
  }

  /** A question that is open no longer. */
  #take(id: number): OpenQuestion | undefined {
    const question = this.#open.get(id);
    if (question && this.#open.delete(id)) this.fill.remove(question.size);
    return question;
  }
}

function lineOf(child: ChildProcess): Duplex {
  return child.stdio[3] as Duplex;
}
