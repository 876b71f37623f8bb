/** The laws of the rules, as they were written into the package when it was built. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "../place/packageRoot.js";

interface Section {
  readonly title: string;
  readonly names: readonly { readonly name: string; readonly doc: string }[];
}

let laws: ReadonlyMap<string, string> | undefined;

/** The law of a rule and where it is proved; undefined for what is no rule. */
export function rulePage(name: string): Record<string, string> | undefined {
  laws ??= readLaws();
  const doc = laws.get(name);
  return doc === undefined
    ? undefined
    : { "text/markdown": `**${name}**\n\n${doc}`, "text/plain": `${name}: ${doc}` };
}

function readLaws(): ReadonlyMap<string, string> {
  const sections = JSON.parse(readFileSync(join(packageFolder, "dist/help.json"), "utf8")) as Section[];
  const rules = sections.find(({ title }) => title === "Rules of derivations")?.names ?? [];
  return new Map(rules.map(({ name, doc }) => [name, doc]));
}
