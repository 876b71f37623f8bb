import ts from "typescript";

const magicLine = /^\s*(%%?[A-Za-z]\w*|![A-Za-z./~]\S*)/;

/**
 * The magic (`%%js`, `!rm`) that makes this cell's text something else than TypeScript, or undefined.
 * `!ready` and a line that goes on with `% 7` are TypeScript; so the text must also fail to parse there.
 */
export function magicOf(source: string): string | undefined {
  if (!source.split("\n").some((line) => magicLine.test(line))) return undefined;
  const parsed = ts.transpileModule(source, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ESNext },
  });
  const start = parsed.diagnostics?.[0]?.start;
  if (start === undefined) return undefined;
  const line = source.slice(0, start).split("\n").length - 1;
  return magicLine.exec(source.split("\n")[line] ?? "")?.[1];
}
