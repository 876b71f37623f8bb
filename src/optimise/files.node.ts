/** What Node can be asked for and a page cannot: files and hashes. */

interface Handle {
  writeFile(bytes: Uint8Array): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Node's files, as far as checkpoints need them. */
export interface Files {
  open(path: string, flags: string): Promise<Handle>;
  readFile(path: string): Promise<Uint8Array>;
  rename(from: string, to: string): Promise<void>;
  readdir(folder: string): Promise<string[]>;
  rm(path: string, options: { readonly force: true }): Promise<void>;
  stat(path: string): Promise<{ readonly ino: number; readonly mtimeMs: number; readonly size: number }>;
}

/** What checkpoints need of Node. */
export interface NodeFiles {
  readonly files: Files;
  sha256(...parts: readonly (string | Uint8Array)[]): string;
  /** A word that no other process or thread has. */
  freshWord(): string;
  folderOf(path: string): string;
  nameOf(path: string): string;
  /** From the root on: one name for one file. */
  fullPath(path: string): string;
}

interface Hash {
  update(part: string | Uint8Array): unknown;
  digest(form: "hex"): string;
}

/** Throws Error in a page. */
export function nodeFiles(): NodeFiles {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  const builtin = <T>(name: string) => process?.getBuiltinModule?.(`node:${name}`) as T | undefined;
  const fs = builtin<{ promises: Files }>("fs");
  const crypto = builtin<{ createHash(name: string): Hash; randomUUID(): string }>("crypto");
  const path = builtin<Record<"dirname" | "basename" | "resolve", (path: string) => string>>("path");
  if (!fs || !crypto || !path)
    throw new Error("checkpoint: files can be written in Node alone; needed no checkpoint here");
  return {
    files: fs.promises,
    sha256: (...parts) => {
      const hash = crypto.createHash("sha256");
      for (const part of parts) hash.update(part);
      return hash.digest("hex");
    },
    freshWord: () => crypto.randomUUID(),
    folderOf: (file) => path.dirname(file),
    nameOf: (file) => path.basename(file),
    fullPath: (file) => path.resolve(file),
  };
}
