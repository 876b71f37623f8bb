import type { MathJsInstance } from "mathjs";
import { lazily } from "./lazily.js";
import { loadMathjs } from "./mathjs.node.js";

/** mathjs with its own functions alone, read when it is first asked for something: it takes a third of a second. */
export const plainMathjs: MathJsInstance & { create(config?: object): MathJsInstance } = lazily(loadMathjs);
