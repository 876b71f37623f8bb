import ts from "typescript";

/** The tokens of a parsed text, in order: the leaves of its tree, without comments and blanks. */
export function tokens(source: ts.SourceFile): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    const parts = node.getChildren(source).filter((part) => !ts.isJSDoc(part));
    if (parts.length > 0) parts.forEach(visit);
    else if (node.getWidth(source) > 0) found.push(node);
  };
  visit(source);
  return found;
}
