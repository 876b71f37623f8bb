/** What is wrong with one notebook among several is that one's failure. */
import { plainText } from "../format/plainText.js";

const faults = ["NotebookError", "WriteError"];

/** What `work` gives; undefined where its notebook cannot be read, or its result not written, which is told on stderr. */
export async function unlessFaulty<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!faults.includes((error as Error).name)) throw error;
    console.error(plainText((error as Error).message));
    return undefined;
  }
}
