/** TypeScript's library as one file: of its eighty, every cell's checker would merge each interface anew. */
import { join } from "node:path";
import { typescriptFolder } from "./resolution.js";

function libraryPath(name: string): string {
  return join(typescriptFolder, name);
}

/** Node's declarations, whose documentation is longer than they are. */
export const nodesDeclarations: RegExp = /\/node_modules\/(@types\/node|undici-types)\//;

/** Declarations with the first paragraph of each comment: what is kept of them is read at every start. */
export function shortlyDocumented(text: string): string {
  return text.replace(/\/\*\*[\s\S]*?\*\//g, (comment) => {
    const [first = ""] = comment.slice(3, -2).split(/\n[ \t]*\*?[ \t]*(?=\n|@|```)/);
    const words = first.replace(/\n[ \t]*\*?/g, " ").trim();
    const lines = comment.split("\n").length - 1;
    return words === "" ? "\n".repeat(lines) : `/** ${words} */${"\n".repeat(lines)}`;
  });
}

/**
 * A library's files as TypeScript is to see them, by their paths: its own holds all that it refers to, and the others are
 * empty. Those that are modules stay apart. `read` gives a file's text.
 */
export function libraryFiles(name: string, read: (path: string) => string | undefined): Map<string, string> {
  const files = new Map<string, string>();
  const modules: string[] = [];
  const textOf = (file: string): string => {
    const text = read(libraryPath(file)) ?? "";
    if (files.has(libraryPath(file))) return "";
    if (/^export \{\}/m.test(text)) {
      modules.push(file.replace(/^lib\.|\.d\.ts$/g, ""));
      return "";
    }
    files.set(libraryPath(file), "");
    return text.replace(reference, (_, other: string) => textOf(`lib.${other}.d.ts`));
  };
  const whole = textOf(name);
  const references = modules.map((module) => `/// <reference lib="${module}" />\n`).join("");
  return files.set(libraryPath(name), references + whole);
}

const reference = /^\/\/\/ <reference lib="([^"]+)" \/>$/gm;
