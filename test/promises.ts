/** What is wanted of bad input, faults and repetition, and the tests that hold it: the table of test/README.md. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../kernel/place/packageRoot.js";

/** A promise, and words of the titles of the tests that hold it, each in the folder or file named. */
interface Promised {
  readonly given: string;
  readonly wanted: string;
  readonly held: readonly (readonly [place: string, words: RegExp])[];
}

const promises: readonly Promised[] = [
  {
    given: "forged, unsigned, replayed and malformed messages",
    wanted: "dropped before they are parsed; the next good one is answered",
    held: [
      ["kernel/security", /drops forged/],
      ["kernel/security", /replayed message once/],
      ["kernel/security", /malformed/],
    ],
  },
  {
    given: "a message above the limit",
    wanted: "an error that names both sizes",
    held: [["kernel/security", /above the limit/]],
  },
  {
    given: "a message of an unknown type, however it is called; the kernel's own",
    wanted: "busy, idle, nothing else",
    held: [
      ["kernel/bounds", /busy and idle/],
      ["kernel/bounds", /message of its own/],
    ],
  },
  {
    given: "whatever a client sends or does not read",
    wanted: "bounded memory",
    held: [
      ["long/kernelMemory", /stays bounded/],
      ["kernel/iopubWriter", /./],
      ["kernel/replyWriter", /./],
      ["kernel/bounds", /bounded time|characters in mind/],
    ],
  },
  {
    given: "hours of mixed cells",
    wanted: "flat memory of all processes",
    held: [
      ["long/kernelMemory", /flat over mixed|3,000 small/],
      ["kernel/rememberedMaps", /./],
      ["kernel/conversions", /without end/],
    ],
  },
  {
    given: "one Stop, at any instant",
    wanted: "what runs, converts and waits is ended; variables stay",
    held: [
      ["kernel/stop", /./],
      ["kernel/interrupt", /./],
    ],
  },
  {
    given: "exit, abort, kill, exhausted memory in a cell",
    wanted: "the cell says what happened; the kernel goes on",
    held: [["kernel/life", /and the next cell runs|closes its comms/]],
  },
  {
    given: "100,000 lines, 10 MB, outputs beyond the limit",
    wanted: "whole, or with what was dropped",
    held: [["kernel/output", /100,000 lines|10 MB|dropped/]],
  },
  {
    given: "hostile markup in a notebook",
    wanted: "text, in its own cell; no script, no request, no navigation",
    held: [
      ["hostile/markupFuzz", /./],
      ["hostile/pages", /./],
      ["long/hostileBrowser", /./],
      ["long/hostileLab", /./],
    ],
  },
  {
    given: "a part of a page that takes too long or goes too deep",
    wanted: "shown as text with the reason; the rest as it is",
    held: [["long/hostileBombs", /./]],
  },
  {
    given: "hostile figures",
    wanted: "drawn by lists, within bounds, without the network",
    held: [
      [
        "lab/figure",
        /template makes it fetch|names that it knows|keeps sizes|shape has more rows|of any JSON|maps out|own keys/,
      ],
    ],
  },
  {
    given: "truncated payloads, wrong types, unknown versions",
    wanted: "a box with the reason and the raw data",
    held: [
      ["lab/figure", /as a box/],
      ["lab/phi", /as a box/],
    ],
  },
  {
    given: "NaN, infinity, a million points",
    wanted: "gaps and thinning, with a note",
    held: [["lab/figure", /not finite|million points/]],
  },
  {
    given: "malformed notebooks",
    wanted: "FILE: field: what is wrong, what to do",
    held: [["notebook/read", /./]],
  },
  {
    given: "paths that may not be written, devices, the input itself",
    wanted: "refused by name; never half a file",
    held: [["notebook/written", /a file|is a file|never the notebook|keeps who/]],
  },
  {
    given: "a full disk, one that can only be read, a writer that is killed",
    wanted: "what was there or what was to be there, whole, and nothing besides; the file and the reason",
    held: [["long/fullDisk", /./]],
  },
  {
    given: "escapes and unseen signs in a notebook",
    wanted: "no terminal and no code obeys them",
    held: [
      ["notebook/written", /terminal|parameter is the same/],
      ["notebook/exportModule", /as numbers|written anew|between words/],
    ],
  },
  {
    given: "a notebook of another language",
    wanted: "refused in words",
    held: [["notebook/written", /with what to do/]],
  },
  {
    given: "a forged certificate, line or badge",
    wanted: "refused, with the field",
    held: [
      ["lecture/forged", /./],
      ["long/forged", /./],
      ["notebook/verify", /shown but not certified/],
    ],
  },
  {
    given: "a display that says something else than the certificate of its name",
    wanted: "refused, with both; what cannot be read is told as not compared",
    held: [
      ["lecture/shownDisplay", /./],
      ["symbolic/world/readTex", /./],
      ["notebook/equations", /only where its display says/],
    ],
  },
  {
    given: "a sheet with forged marks, another exercise, an answer that hangs, a name that is a formula",
    wanted: "no line is right that a judge of its own does not find right; every sheet has its row",
    held: [["long/grade", /./]],
  },
  {
    given: "a certificate that takes too long or too much memory",
    wanted: "told as not checked; the others are checked",
    held: [["long/verify", /./]],
  },
  {
    given: "a false statement",
    wanted: "refused with numbers that show it",
    held: [["symbolic/check", /refus|counterexample|differ/]],
  },
  {
    given: "sizes that do not fit, wrong types, NaN",
    wanted: "an error naming argument, value and rule",
    held: [
      ["numeric/refusals", /./],
      ["errorsPage", /./],
    ],
  },
  {
    given: "a matrix too large to hold",
    wanted: "refused before it is made, with the remedy",
    held: [["numeric/sparse", /refuse|limit|large/]],
  },
  {
    given: "killed training, cut and foreign checkpoints",
    wanted: "the same bits, or a named error",
    held: [["optimise/checkpoint", /./]],
  },
  {
    given: "an installed package, its upgrade, its end",
    wanted: "nothing of the reader's lost",
    held: [
      ["setup/folders", /./],
      ["long/installed", /./],
    ],
  },
  {
    given: "`npm start`, any of its processes ended by any signal",
    wanted: "nothing is left, no process and no port",
    held: [["long/startKilled", /./]],
  },
  {
    given: "`philab run --write`, ended by any signal while its kernel lives",
    wanted: "no process is left, the notebook is as it was, the next run sweeps up",
    held: [["long/runKilled", /./]],
  },
  { given: "the same seed", wanted: "the same bits", held: [["numeric/random", /seed/]] },
];

/** Test files below test/, without what follows the first dot. */
function testFiles(): ReadonlyMap<string, string> {
  const root = join(packageRoot(), "test");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).map((file) =>
    file.replaceAll("\\", "/"),
  );
  const tests = files.filter((file) => file.endsWith(".test.ts")).sort();
  return new Map(tests.map((file) => [file, readFileSync(join(root, file), "utf8")]));
}

/** The titles of a file's tests, as they are written. */
function titlesIn(text: string): string[] {
  return [...text.matchAll(/\bit\(\s*(["'`])((?:\\.|(?!\1)[^\\])*)\1/g)].map(([, , title = ""]) =>
    title.replace(/\\(.)/g, "$1").replace(/\$\{[^}]*\}/g, "…"),
  );
}

/** The table: what is given, what is wanted, and the tests that hold it. Throws where a promise is held by none. */
export function promisesTable(): string {
  const files = testFiles();
  const rows = promises.map(({ given, wanted, held }) => {
    const tests = held.map(([place, words]) => heldBy(files, place, words));
    return `| ${given} | ${wanted} | ${tests.join("; ")} |`;
  });
  return ["| given | wanted | held by |", "| --- | --- | --- |", ...rows].join("\n");
}

function heldBy(files: ReadonlyMap<string, string>, place: string, words: RegExp): string {
  const inPlace = [...files].filter(([file]) => file.startsWith(`${place}.`) || file.startsWith(`${place}/`));
  const titles = inPlace.flatMap(([file, text]) => titlesIn(text).map((title) => ({ file, title })));
  const fit = titles.filter(({ title }) => words.test(title));
  const [first, ...more] = fit;
  if (first === undefined) throw new Error(`no test in ${place} is called ${words}`);
  const count = more.length === 0 ? "" : " and others";
  return `\`${first.file}\`: ${first.title.replaceAll("|", "\\|").replaceAll("<", "&lt;").slice(0, 110)}${count}`;
}

/** Where the table stands in test/README.md. */
export const promisesMarks = ["<!-- promises -->", "<!-- end of promises -->"] as const;
