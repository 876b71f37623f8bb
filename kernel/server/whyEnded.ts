/** Why a runner has ended; each text completes the sentence "the runner …". */

const outOfMemory = /heap out of memory|Reached heap limit|Array buffer allocation failed.*FATAL|OOM/;
/** What V8 writes when it ends the process. */
const lastWords = /FATAL ERROR|<--- Last few GCs|<--- JS stacktrace|#\s+Fatal error|Native stack trace/;
/** Node's exit code when reporting an error has failed, and the shell's for SIGABRT. */
const [handlerFailed, aborted] = [7, 134];
const crashes: readonly string[] = ["SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGABRT", "SIGTRAP"];

export const unstoppable = "did not stop when interrupted (compiled code in a callback), and was ended";
export const garbled = "lost its line to the kernel (a cell used file descriptor 3), and was ended";

/** What a runner that ended by itself is said to have done. */
export function exited(code: number | null): string {
  return `was ended by process.exit(${code})`;
}

/** Whether V8 is about to end the process. */
export function hasLastWords(text: string): boolean {
  return lastWords.test(text);
}

/** Why it ended that did not say so itself, by its exit code or signal, V8's last `words`, and the limit of its heap in bytes. */
export function whyEnded(
  code: number | null,
  signal: NodeJS.Signals | null,
  words: string,
  heapLimit: number,
): string {
  if (code === handlerFailed) return garbled;
  if (outOfMemory.test(words)) return `ran out of memory at ${(heapLimit / 2 ** 30).toFixed(1)} GB`;
  if (signal) return `was ended by ${signal}${crashes.includes(signal) ? " (a crash in native code)" : ""}`;
  return code === aborted || words !== "" ? "crashed in native code" : exited(code);
}
