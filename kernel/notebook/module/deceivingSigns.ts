/**
 * Signs by which code reads otherwise than it runs: what turns the direction of writing (CVE-2021-42574), ends a line
 * unseen, or commands a terminal. Exported code has none of them: in a text and in a comment they are written as their
 * numbers, elsewhere they are refused.
 */
import ts from "typescript";
import { NotebookError } from "../format/error.js";
import { tokens } from "../format/tokens.js";
import type { Edit } from "./emit.js";
import type { ParsedCell } from "./exportedCell.js";

const deceiving = /[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|(?![\t\n\r])\p{Cc}/gu;
/** A name with such a sign looks like another name, or like none. */
const unseen = /\p{Default_Ignorable_Code_Point}/u;

/** The edits that write them as numbers. Throws NotebookError where one stands elsewhere, or something unseen in a name. */
export function escapedSigns(cell: ParsedCell, file: string): Edit[] {
  const { source } = cell;
  const parts = tokens(source);
  const isName = (part: ts.Node): boolean => ts.isIdentifier(part) || ts.isPrivateIdentifier(part);
  const name = parts.find((part) => isName(part) && unseen.test(part.getText()));
  if (name) throw refusal(cell, file, name.getStart(), unseen.exec(name.getText())?.[0] ?? "");
  return [...source.text.matchAll(deceiving)].map(({ index, 0: sign }) => {
    if (!mayBeNumber(source, parts, index)) throw refusal(cell, file, index, sign);
    return { start: index, end: index + sign.length, text: signsNumbered(sign) };
  });
}

/** A text with the signs written as their numbers. */
export function signsNumbered(text: string): string {
  return text.replace(deceiving, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A text in quotation marks, without such signs. */
export function quotedPath(text: string): string {
  return signsNumbered(JSON.stringify(text));
}

/** Whether a sign's number means the same as the sign, at this place. */
function mayBeNumber(source: ts.SourceFile, parts: readonly ts.Node[], at: number): boolean {
  const part = parts.find(({ end }) => at < end) ?? source.endOfFileToken;
  if (at < part.getStart(source)) return comments(source.text, part.pos).some(contains(at));
  const isEscaped = /(?:^|[^\\])(?:\\\\)*\\$/.test(source.text.slice(part.getStart(source), at));
  return isText(part) && !isEscaped;
}

function comments(text: string, from: number): ts.CommentRange[] {
  const ranges = [ts.getLeadingCommentRanges(text, from), ts.getTrailingCommentRanges(text, from)];
  return ranges.flatMap((range) => range ?? []);
}

function contains(at: number): (range: ts.TextRange) => boolean {
  return ({ pos, end }) => pos <= at && at < end;
}

/** A text, a regular expression, or a template that nobody reads raw. */
function isText(part: ts.Node): boolean {
  if (ts.isStringLiteral(part) || ts.isRegularExpressionLiteral(part)) return true;
  if (ts.isNoSubstitutionTemplateLiteral(part)) return !ts.isTaggedTemplateExpression(part.parent);
  if (ts.isTemplateHead(part)) return !ts.isTaggedTemplateExpression(part.parent.parent);
  return ts.isTemplateMiddleOrTemplateTail(part) && !ts.isTaggedTemplateExpression(part.parent.parent.parent);
}

function refusal({ name, source }: ParsedCell, file: string, at: number, sign: string): NotebookError {
  const line = source.getLineAndCharacterOfPosition(at).line + 1;
  const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const problem = `line ${line}: the sign U+${code}, by which code reads otherwise than it runs; take it out`;
  return new NotebookError(file, name, problem);
}
