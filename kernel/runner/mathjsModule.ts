/** mathjs for cells: its single file loads in a tenth of the time of its hundreds of modules. */

type Namespace = Record<string, unknown>;

/** Names that the single file lacks or that mean something else there: these load the whole package. */
const wholePackage = ["create", "all", "factory"];

/** The module `mathjs`: names of the single file, and the whole package's for create, all, factory and dependencies. */
export function mathjs(load: NodeJS.Require): unknown {
  const single = load("mathjs/lib/browser/math.js") as Namespace;
  const isWhole = (name: string | symbol): boolean =>
    typeof name === "string" && (wholePackage.includes(name) || name.endsWith("Dependencies"));
  const value = (name: string | symbol): unknown =>
    isWhole(name) ? (load("mathjs") as Namespace)[name as string] : Reflect.get(single, name);
  const lazily = (name: string): [string, PropertyDescriptor] => [
    name,
    { configurable: true, enumerable: true, get: () => value(name) },
  ];
  const target = Object.defineProperties(
    {},
    Object.fromEntries([...Object.keys(single), ...wholePackage].map(lazily)),
  );
  return new Proxy(target, { get: (_, name) => value(name) });
}
