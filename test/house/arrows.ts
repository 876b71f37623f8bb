/** Arrows between the parts of a folder: those there are, and those that a picture draws. */

import { posix } from "node:path";
import type { Import } from "./imports.js";

/** "a --> b" → an import that is the reason for it; empty where the arrow was drawn. */
export type Arrows = ReadonlyMap<string, string>;

/** The arrow from a to b as mermaid writes it. */
export function arrow(a: string, b: string): string {
  return `${a} --> ${b}`;
}

/** The part of a folder in which a file lies: a folder in it, or a file of it without its ending. */
export function partOf(folder: string, file: string): string | undefined {
  if (!file.startsWith(`${folder}/`)) return undefined;
  return posix.relative(folder, file).split("/")[0]!.replace(/\.ts$/, "");
}

/** The arrows between the parts of a folder. */
export function arrowsWithin(folder: string, imports: readonly Import[]): Arrows {
  const arrows = new Map<string, string>();
  for (const { from, to, isPackage } of imports) {
    const [a, b] = [partOf(folder, from), isPackage ? undefined : partOf(folder, to)];
    if (a && b && a !== b) arrows.set(arrow(a, b), `${from} imports ${to}`);
  }
  return arrows;
}

/** One picture of mermaid: its text, and the arrows it draws. */
export interface Picture {
  readonly text: string;
  readonly arrows: Arrows;
}

/** The pictures in a page of markdown. */
export function picturesIn(markdown: string): Picture[] {
  return [...markdown.matchAll(/^```mermaid\n(.*?)^```$/gms)].map(([, text]) => pictureOf(text!));
}

/** Lines of mermaid that say how a picture looks, not what is in it. */
const machinery = /^\s*(%%|flowchart|graph|subgraph|end\b|direction|style|classDef|linkStyle|$)/;

function pictureOf(text: string): Picture {
  const arrows = new Map<string, string>();
  for (const line of text.split("\n").filter((written) => !machinery.test(written))) {
    const groups = line.split(/\s*(?:-->|-\.->|==>)\s*(?:\|[^|]*\|)?/).map(namesIn);
    for (const [k, group] of groups.slice(1).entries()) {
      for (const a of groups[k]!) for (const b of group) arrows.set(arrow(a, b), "");
    }
  }
  return { text, arrows };
}

/** `a["label"] & b` names a and b. */
function namesIn(group: string): string[] {
  const bare = group.replace(/"[^"]*"/g, "").replace(/[[({][^\])}]*[\])}]+/g, "");
  return bare.split("&").map((name) => name.trim().replace(/;$/, ""));
}

/** The parts that reach themselves: none where imports go in one direction. */
export function onCircles(arrows: Arrows): string[] {
  const starts = new Set([...arrows.keys()].map((text) => text.split(" --> ")[0]!));
  return [...starts].filter((part) => reachedFrom(part, arrows).has(part));
}

/** Every part that one can come to from a part by arrows. */
export function reachedFrom(part: string, arrows: Arrows): Set<string> {
  const reached = new Set<string>();
  const visit = (from: string): void => {
    for (const [a, b] of [...arrows.keys()].map((text) => text.split(" --> "))) {
      if (a !== from || reached.has(b!)) continue;
      reached.add(b!);
      visit(b!);
    }
  };
  visit(part);
  return reached;
}
