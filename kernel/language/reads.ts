/** Which files a snapshot is made of: where one of them changes, it is out of date. */
import { writeFileSync } from "node:fs";
import { readsVariable } from "../place/snapshotReads.js";
import type { Ts } from "./typescript.js";

/** Notes which files TypeScript reads; returns what writes their names where the maker of the snapshot wants them. */
export function noteReads(ts: Ts): () => void {
  const reads = new Set<string>();
  const { readFile } = ts.sys;
  ts.sys.readFile = (path, encoding) => {
    const text = readFile(path, encoding);
    if (text !== undefined) reads.add(path);
    return text;
  };
  return () => {
    const path = process.env[readsVariable];
    if (path) writeFileSync(path, JSON.stringify([...reads]));
  };
}
