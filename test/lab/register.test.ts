import assert from "node:assert/strict";
import { type Registry, registerIfFree } from "../../kernel/lab/register.js";

type Factory = Parameters<Registry["addFactory"]>[0];

/** JupyterLab's rule: the last factory of a type wins. */
function registry(): Registry {
  const factories = new Map<string, unknown>();
  return {
    getFactory: (type) => factories.get(type),
    addFactory: (factory) => factory.mimeTypes.forEach((type) => void factories.set(type, factory)),
  };
}

function factory(): Factory {
  return { safe: true, mimeTypes: ["application/x"], createRenderer: () => assert.fail("not rendered here") };
}

describe("registerIfFree", () => {
  const [ours, theirs] = [factory(), factory()];

  it("registers where nobody shows the type", () => {
    const free = registry();
    registerIfFree(free, ours, 0);
    assert.equal(free.getFactory("application/x"), ours);
  });

  it("yields to another extension, whichever of the two comes first", () => {
    const [before, after] = [registry(), registry()];
    before.addFactory(theirs);
    registerIfFree(before, ours, 0);
    registerIfFree(after, ours, 0);
    after.addFactory(theirs);
    assert.equal(before.getFactory("application/x"), theirs);
    assert.equal(after.getFactory("application/x"), theirs);
  });
});
