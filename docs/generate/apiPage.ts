/** docs/api.md: the public names as a page. */

import type { Member, PublicName, Section } from "./publicNames.js";

const introduction = `# Public names

Written by \`npm run api\` from \`src/index.ts\` and its docstrings; a test compares this page with them. In a cell all of
these are there without an import; elsewhere \`import { … } from "philab"\`. Where only numbers are computed,
\`import { … } from "philab/numbers"\` loads a fifth of it: names that are there too are marked *numbers*.
`;

/** The page, from the sections of the index and the names of the light entry. */
export function apiPage(sections: readonly Section[], light: ReadonlySet<string>): string {
  const anchors = anchorsOf(sections.flatMap(({ names }) => names));
  const linkTo = (one: PublicName): string => `[${one.name}](#${anchors.get(one)})`;
  const contents = sections.map(({ title, names }) => `- ${title}: ${names.map(linkTo).join(", ")}`);
  const parts = sections.map(({ title, names }) =>
    [`## ${title}`, ...names.map((name) => entry(name, light.has(name.name)))].join("\n\n"),
  );
  return `${[introduction, contents.join("\n"), ...parts].join("\n\n").replace(/\n{3,}/g, "\n\n")}\n`;
}

/** GitHub's anchors: small letters, and a number where a name was there before, as ConvShape before convShape. */
function anchorsOf(names: readonly PublicName[]): ReadonlyMap<PublicName, string> {
  const anchors = new Map<PublicName, string>();
  const seen = new Map<string, number>();
  for (const one of names) {
    const anchor = one.name.toLowerCase();
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    anchors.set(one, before === 0 ? anchor : `${anchor}-${before}`);
  }
  return anchors;
}

function entry({ name, signature, doc, example, members }: PublicName, isLight: boolean): string {
  const shown = example === "" ? "" : fenced(example);
  const head = [`### ${name}`, fenced(signature), isLight ? `${doc} *numbers*` : doc, shown];
  return [...head, members.map(item).join("\n")].filter((part) => part !== "").join("\n\n");
}

function fenced(code: string): string {
  return `\`\`\`ts\n${code}\n\`\`\``;
}

/** A member in one line: a signature over several lines is joined, its overloads stand one after the other. */
function item({ name, signature, doc }: Member): string {
  const lines = signature
    .replaceAll(`\n${name}(`, `\`, \`${name}(`)
    .split("\n")
    .map((line) => line.trim());
  return `- \`${lines.join(" ").replace(/\( /g, "(").replace(/,? \)/g, ")")}\`: ${doc.replace(/\s*\n\s*/g, " ")}`;
}
