/** TypeScript as HTML with coloured words; a text that is none comes through as text. */
import ts from "typescript";
import { tokens } from "../format/tokens.js";
import { escapeHtml } from "./escape.js";

/** The text as HTML: its tokens from TypeScript's own parser, what lies between them is comment or blank. */
export function highlight(text: string): string {
  const source = ts.createSourceFile("cell.ts", text, ts.ScriptTarget.ESNext, true);
  let html = "";
  let at = 0;
  for (const token of tokens(source)) {
    const start = token.getStart(source);
    html += between(text.slice(at, start)) + marked(text.slice(start, token.end), classOf(token));
    at = token.end;
  }
  return html + between(text.slice(at));
}

const between = (text: string): string => (text.trim() === "" ? text : marked(text, "c"));

function marked(text: string, name: string | undefined): string {
  return name === undefined ? escapeHtml(text) : `<span class="${name}">${escapeHtml(text)}</span>`;
}

function classOf({ kind }: ts.Node): string | undefined {
  if (kind >= ts.SyntaxKind.FirstKeyword && kind <= ts.SyntaxKind.LastKeyword) return "k";
  if (kind === ts.SyntaxKind.NumericLiteral || kind === ts.SyntaxKind.BigIntLiteral) return "n";
  if (kind === ts.SyntaxKind.StringLiteral || kind === ts.SyntaxKind.RegularExpressionLiteral) return "s";
  const isTemplate = kind >= ts.SyntaxKind.FirstTemplateToken && kind <= ts.SyntaxKind.LastTemplateToken;
  return isTemplate ? "s" : undefined;
}
