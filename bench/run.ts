/** npm run bench -- NAME [options]: runs bench/NAME.ts. */
const [name = ""] = process.argv.slice(2);
if (!/^[a-z][A-Za-z]*$/.test(name)) {
  console.error("usage: npm run bench -- NAME [options]; NAME is a file of bench/, without .ts");
  process.exit(2);
}
await import(`./${name}.ts`);
