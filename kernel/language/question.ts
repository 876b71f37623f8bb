/** `phi?`: a cell that asks what a name is. */

/** The cell that shows the page of the name that is asked about, or the cell as it is. */
export function answered(code: string): string {
  const name = /^\s*\??\s*([\p{L}_$][\p{L}\d_$]*(?:\.[\p{L}\d_$]+)*)\s*\?{0,2}\s*;?\s*$/u.exec(code)?.[1];
  return name !== undefined && code.includes("?") ? `help(${JSON.stringify(name)})` : code;
}
