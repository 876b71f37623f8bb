/** A notebook in memory, nbformat 4: as in the file, but with every text joined to one string. */

/** Any JSON object; keys that we do not know travel through a read and a write unchanged. */
export type Json = Record<string, unknown>;

/** MIME type → data: a string, or any JSON value for a JSON type. */
export type Bundle = Record<string, unknown>;

export interface StreamOutput {
  readonly output_type: "stream";
  readonly name: string;
  readonly text: string;
}

export interface DisplayOutput {
  readonly output_type: "display_data";
  readonly data: Bundle;
  readonly metadata: Json;
}

export interface ResultOutput {
  readonly output_type: "execute_result";
  readonly data: Bundle;
  readonly metadata: Json;
  readonly execution_count: number | null;
}

export interface ErrorOutput {
  readonly output_type: "error";
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

export type Output = StreamOutput | DisplayOutput | ResultOutput | ErrorOutput;

interface CellFields {
  /** Missing before nbformat 4.5. */
  readonly id?: string;
  readonly metadata: Json;
  readonly source: string;
  readonly attachments?: Record<string, Bundle>;
}

export interface CodeCell extends CellFields {
  readonly cell_type: "code";
  readonly execution_count: number | null;
  readonly outputs: readonly Output[];
}

export interface TextCell extends CellFields {
  readonly cell_type: "markdown" | "raw";
}

export type Cell = CodeCell | TextCell;

export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: Json;
  readonly nbformat: 4;
  readonly nbformat_minor: number;
}
