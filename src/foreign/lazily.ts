/** The method by which Node shows a value; of a Proxy it would show the object behind it, which is empty here. */
const inspect = Symbol.for("nodejs.util.inspect.custom");

/** An object that is made when somebody first looks into it: whatever is asked of it is asked of what `make` made. */
export function lazily<T extends object>(make: () => T): T {
  let made: T | undefined;
  const real = (): T => {
    made ??= make();
    return made;
  };
  return new Proxy({ [inspect]: real } as object as T, {
    get: (_, key) => Reflect.get(real(), key),
    set: (_, key, value) => Reflect.set(real(), key, value),
    has: (_, key) => Reflect.has(real(), key),
    ownKeys: () => Reflect.ownKeys(real()),
    getPrototypeOf: () => Reflect.getPrototypeOf(real()),
    deleteProperty: (_, key) => Reflect.deleteProperty(real(), key),
    defineProperty: (_, key, property) => Reflect.defineProperty(real(), key, property),
    getOwnPropertyDescriptor: (_, key) => {
      const property = Reflect.getOwnPropertyDescriptor(real(), key);
      // A Proxy may call fixed only what is fixed in the object behind it.
      return property && { ...property, configurable: true };
    },
  });
}
