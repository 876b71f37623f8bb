/** `help`: the public names in a cell, one page each, as docs/api.md has them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Bundle } from "../pipe/runnerWords.js";
import { packageFolder } from "../place/packageRoot.js";
import { bundleOf } from "./bundle.js";
import { loadCell, loadPhilab } from "./modules.js";
import { cellVariables } from "./variables.js";

/** A page that shows itself. */
export type HelpPage = object;

interface Member {
  readonly name: string;
  readonly signature: string;
  readonly doc: string;
}

interface Page extends Member {
  readonly example: string;
  readonly members: readonly Member[];
}

interface Section {
  readonly title: string;
  readonly names: readonly Page[];
}

/**
 * What a name is: its formula, sizes and an example. help() lists all names; help(phi), help("phi"), help("plot.heatmap")
 * and `phi?` show a page. A value of the reader's own shows itself.
 *
 * @example
 * help(phi)
 */
export function help(about?: unknown): HelpPage {
  if (about === undefined) return page(contents());
  const name = typeof about === "string" ? about : nameOf(about);
  const found = name === undefined ? undefined : pageOf(name);
  if (found !== undefined) return page(found);
  const value =
    typeof about === "string" && Object.hasOwn(cellVariables, about) ? cellVariables[about] : about;
  if (typeof value === "string") return page(unknown(value));
  return shown(bundleOf(value));
}

let sections: readonly Section[] | undefined;

function allSections(): readonly Section[] {
  sections ??= JSON.parse(readFileSync(join(packageFolder, "dist/help.json"), "utf8")) as Section[];
  return sections;
}

function allPages(): readonly Page[] {
  return allSections().flatMap(({ names }) => names);
}

/** The public name of a value, whatever a cell calls it. */
function nameOf(value: unknown): string | undefined {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return undefined;
  const modules = [loadCell(), loadPhilab()];
  return allPages().find(({ name }) => modules.some((module) => module[name] === value))?.name;
}

function pageOf(name: string): string | undefined {
  const pages = allPages();
  const whole = pages.find((one) => one.name === name);
  if (whole) return pageText(whole);
  const [of, part] = name.split(".");
  const member = pages.find((one) => one.name === of)?.members.find((one) => one.name === part);
  return member && memberPage(name, member);
}

function pageText({ name, signature, doc, example, members }: Page): string {
  const list = members
    .map((member) => `- \`${oneLine(overloads(member))}\`: ${oneLine(member.doc)}`)
    .join("\n");
  return [`### ${name}`, signature && code(signature), doc, example && code(example), list]
    .filter(Boolean)
    .join("\n\n");
}

/** The forms of a member one after the other. */
function overloads({ name, signature }: Member): string {
  return signature.replaceAll(`\n${name}(`, `\`, \`${name}(`);
}

function memberPage(name: string, { signature, doc }: Member): string {
  return [`### ${name}`, code(signature), doc].join("\n\n");
}

/** Every name with its first sentence. */
function contents(): string {
  const values = allSections().map(({ title, names }) => {
    const lines = names.filter(({ signature }) => !/^(interface|type) /.test(signature)).map(contentsLine);
    return `**${title}**\n\n${lines.join("\n")}`;
  });
  return ["### Names", ...values, "More of one: `help(phi)`, or `phi?`."].join("\n\n");
}

function contentsLine({ name, doc }: Page): string {
  return `- \`${name}\`: ${oneLine(doc.split(/\.(?:\s|$)|\n\n/)[0] ?? "")}`;
}

function unknown(name: string): string {
  const near = allPages().filter((one) => one.name.toLowerCase().includes(name.toLowerCase()));
  const meant = near.length > 0 ? `; there are ${near.map((one) => one.name).join(", ")}` : "";
  return `No page for ${JSON.stringify(name)}${meant}. help() lists all names.`;
}

function code(text: string): string {
  return `\`\`\`ts\n${text}\n\`\`\``;
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ");
}

function page(markdown: string): HelpPage {
  const plain = markdown.replace(/^```(ts)?\n?/gm, "").replace(/\*\*|^### /gm, "");
  return shown({ "text/markdown": markdown, "text/plain": plain });
}

function shown(bundle: Bundle | Promise<Bundle>): HelpPage {
  return { [Symbol.for("Jupyter.display")]: () => bundle };
}
