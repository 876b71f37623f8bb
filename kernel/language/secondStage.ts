/** The second stage of a cell or local module: ES module → CommonJS, with our transformers and with its source map. */
import type { Flow, StageMaps } from "../pipe/languageWords.js";
import { type CellNotes, cellTransformers } from "./cellTransformers.js";
import { targetOf } from "./nodesLanguage.js";
import { transpiler } from "./transpiler.js";
import type { Ts } from "./typescript.js";

/** What is seen of a cell on its way through the second stage. */
export interface Seen {
  readonly maps: StageMaps;
  /** How it runs. (tslab finds a top-level await by an error message that is not always given.) */
  readonly flow: Flow;
  /** The variables of all cells that its functions mention. */
  readonly inFunctions: ReadonlySet<string>;
}

export interface Witness {
  cell(seen: Seen): void;
  module(code: string, maps: StageMaps): void;
  /** Whether a function of an earlier cell mentions the name. */
  isInFunctions(name: string): boolean;
}

/** How a cell is called by tslab. */
const cellFile = /__tslab__\.[jt]s$/;

/** Puts ours in the place of the function that tslab calls for it. */
export function wrapTranspile(ts: Ts, see: Witness): void {
  const transpile = transpiler(ts);
  ts.transpileModule = (source, options) => {
    const { text, map } = splitInlineMap(source);
    const isCell = map !== undefined && (JSON.parse(map) as { sources: string[] }).sources.some(isCellFile);
    let flow: Flow = "plain";
    let inFunctions: ReadonlySet<string> = new Set();
    const notes: CellNotes = {
      noteFlow: (flowOfCell) => {
        flow = flowOfCell;
      },
      noteInFunctions: (names) => {
        inFunctions = names;
      },
      isInFunctions: see.isInFunctions,
    };
    const output = transpile(text, {
      ...options,
      compilerOptions: { ...options.compilerOptions, sourceMap: true, target: targetOf(ts, text) },
      transformers: cellTransformers(ts, isCell ? notes : undefined),
    });
    const outputText = output.outputText.replace(/^\/\/# sourceMappingURL=.*$/gm, "");
    if (map && output.sourceMapText) {
      const maps = { first: map, second: output.sourceMapText };
      if (isCell) see.cell({ maps, flow, inFunctions });
      else see.module(outputText, maps);
    }
    return { ...output, outputText };
  };
}

function isCellFile(file: string): boolean {
  return cellFile.test(file);
}

function splitInlineMap(source: string): { text: string; map: string | undefined } {
  const comment = /\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/.exec(source);
  if (!comment) return { text: source, map: undefined };
  return {
    text: source.slice(0, comment.index),
    map: Buffer.from(comment[1] as string, "base64").toString(),
  };
}
