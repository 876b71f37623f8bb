/**
 * The language process: a child of the protocol process, so that completion works while a cell runs. It hears
 * questions and gives answers on file descriptor 3.
 *
 * Node can start it from a snapshot of its memory (snapshot.ts), in which the compiler is loaded and warm.
 */
import { startupSnapshot } from "node:v8";
import { frameReader, objectFrame } from "../pipe/frames.js";
import { questionRestorer, shortAnswer } from "../pipe/knownDeclarations.js";
import type { Request } from "../pipe/languageWords.js";
import { Answers } from "./answers.js";
import { whenQuiet } from "./quiet.js";
import { noteReads } from "./reads.js";
import { ts } from "./typescript.js";

/** A cell that waits already is heard before this, and is the one that makes the compiler warm. */
const msBeforeWarming = 40;
const isSnapshot = startupSnapshot.isBuildingSnapshot();
const writeReads = isSnapshot ? noteReads(ts) : undefined;
/** So long without a question, and the reader is taken to read: what the next cell needs is made meanwhile. */
const msOfQuiet = 60;
const answers = new Answers();

if (writeReads) {
  answers.warmUp();
  writeReads();
  startupSnapshot.setDeserializeMainFunction(serve);
} else serve();

/** Answers until the protocol process is gone. */
function serve(): void {
  answers.enter(process.cwd());
  const { Socket } = process.getBuiltinModule("node:net"); // not before: a snapshot cannot hold it
  const line = new Socket({ fd: 3, readable: true, writable: true });
  const warming = isSnapshot ? undefined : setTimeout(() => answers.warmUp(), msBeforeWarming);
  const workInQuiet = whenQuiet(msOfQuiet, () => answers.workAhead());
  const restored = questionRestorer();
  const hear = frameReader((value) => {
    const request = restored(value as Request);
    if (request.operation !== "prelude") clearTimeout(warming);
    line.write(objectFrame(shortAnswer(request, answers.answer(request))));
    if (request.operation !== "prelude") workInQuiet();
  });
  line.on("data", hear);
  line.on("close", () => process.exit());
  line.on("error", () => process.exit());
}
