/** What the protocol process and the runner say to each other. Plain data: it crosses a pipe. */
import type { CellScript } from "./languageWords.js";

export type Bundle = Record<string, unknown>;

export interface Failure {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** The number of an execution: one time that the runner runs a script, or the handlers of one comm message. */
export type ExecutionId = number;

/** To the runner. */
export type Command =
  | { readonly op: "prelude"; readonly values: readonly string[] }
  | {
      readonly op: "execute";
      readonly execution: ExecutionId;
      /** The number in In[n]. */
      readonly count: number;
      readonly script: CellScript;
      readonly allowInput: boolean;
      /** Whether the value of the last expression is asked for as a result. */
      readonly expression: boolean;
    }
  | { readonly op: "input"; readonly request: number; readonly value: string }
  | {
      readonly op: "comm";
      readonly execution: ExecutionId;
      /** The msg_id of what the front end sent. */
      readonly message: string;
      readonly kind: "comm_open" | "comm_msg" | "comm_close";
      readonly content: CommContent;
      readonly metadata: Bundle;
      readonly buffers: readonly Uint8Array[];
    }
  | { readonly op: "interrupt" };

export interface CommContent {
  readonly comm_id: string;
  readonly target_name?: string;
  readonly data: Bundle;
}

/** From the runner. */
export type Report =
  | { readonly op: "ready"; readonly heapLimit: number }
  | {
      readonly op: "stream";
      readonly execution: ExecutionId;
      readonly name: "stdout" | "stderr";
      readonly text: string;
    }
  | {
      readonly op: "display";
      readonly execution: ExecutionId;
      readonly update: boolean;
      readonly data: Bundle;
      readonly metadata: Bundle;
      readonly displayId: string | undefined;
    }
  | { readonly op: "clear"; readonly execution: ExecutionId; readonly wait: boolean }
  | { readonly op: "late"; readonly execution: ExecutionId; readonly failure: Failure }
  | {
      readonly op: "input";
      readonly execution: ExecutionId;
      readonly request: number;
      readonly prompt: string;
      readonly password: boolean;
    }
  | {
      readonly op: "comm";
      readonly execution: ExecutionId;
      readonly kind: "comm_open" | "comm_msg" | "comm_close";
      readonly content: CommContent;
      readonly metadata: Bundle;
      readonly buffers: readonly Uint8Array[];
    }
  | { readonly op: "interrupted" }
  /** It ends by itself, with this code. */
  | { readonly op: "exit"; readonly code: number }
  | {
      readonly op: "done";
      readonly execution: ExecutionId;
      readonly failure: Failure | undefined;
      /** The bundle of the last expression, if it has a value that shows. */
      readonly result: Bundle | undefined;
      /** Names the cell gave a value to. */
      readonly assigned: readonly string[];
    };
