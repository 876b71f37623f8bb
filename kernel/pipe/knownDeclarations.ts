/**
 * Declarations cross the pipe to the language process once: most cells leave them as they are, and they may be long. Undefined
 * stands for those of the question before, and in an answer for those of its question.
 */
import type { LanguageAnswer, LanguageOperations, Request } from "./languageWords.js";

/** The operations whose first argument is declarations. */
const begin: ReadonlySet<keyof LanguageOperations> = new Set(["convert", "complete", "inspect"]);

/** Leaves out of a question what the one before it has brought: to one process, in the order in which they are sent. */
export function questionShortener(): (request: Request) => Request {
  let sent: unknown;
  return (request) => {
    if (!begin.has(request.operation)) return request;
    const [declarations, ...rest] = request.args;
    if (declarations === sent) return { ...request, args: [undefined, ...rest] };
    sent = declarations;
    return request;
  };
}

/** Puts in what was left out. */
export function questionRestorer(): (request: Request) => Request {
  let heard: unknown;
  return (request) => {
    if (!begin.has(request.operation)) return request;
    const [declarations = heard, ...rest] = request.args;
    heard = declarations;
    return { ...request, args: [declarations, ...rest] };
  };
}

/** Leaves declarations out of an answer that are those of the question. */
export function shortAnswer({ args }: Request, answer: LanguageAnswer): LanguageAnswer {
  if (!("value" in answer) || !holdsDeclarations(answer.value)) return answer;
  const isSame = answer.value.declarations === args[0];
  return isSame ? { ...answer, value: { ...answer.value, declarations: undefined } } : answer;
}

/** The value of an answer, with what was left out. */
export function wholeValue({ args }: Request, value: unknown): unknown {
  const isShort = holdsDeclarations(value) && value.declarations === undefined;
  return isShort ? { ...value, declarations: args[0] } : value;
}

function holdsDeclarations(value: unknown): value is { readonly declarations: unknown } {
  return typeof value === "object" && value !== null && "declarations" in value;
}
