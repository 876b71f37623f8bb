import assert from "node:assert/strict";
import { ruleWordAt } from "../../kernel/server/ruleWords.js";
import type { Json } from "../../kernel/wire/wire.js";
import { type Client, startKernel } from "./client.js";

describe("where a rule's name is written", () => {
  const at = (code: string) => ruleWordAt(code, code.length);

  it("is found behind a derivation that is written with strings alone", () => {
    assert.deepEqual(at('L.derive("vec(A*B)").by("vec-'), {
      derivation: 'L.derive("vec(A*B)")',
      start: 25,
      end: 29,
      typed: "vec-",
    });
    assert.equal(at("D\n  .by('")?.derivation, "D");
    assert.equal(at("L.derive(`A*B`).by(`")?.derivation, "L.derive(`A*B`)");
    assert.equal(
      at('L.derive("A*(B*C)")\n  .by("eq (4)", "W")\n  .byEverywhere("x")\n  .eq("A") .by("')?.derivation,
      'L.derive("A*(B*C)")\n  .by("eq (4)", "W")\n  .byEverywhere("x")\n  .eq("A")',
    );
  });

  it("is not found where something else would have to run, or outside of the quotes", () => {
    assert.equal(at('fs.rm("x").by("')?.derivation, undefined);
    for (const code of [
      'L.derive(f()).by("',
      'f().by("',
      'L.derive("a").by("x"',
      'by("',
      'L.derive("a").eq("',
      "L.derive(`a\x24{1}`).by('",
      "D.by(`vec-\x24{",
    ])
      assert.equal(at(code), undefined, code);
  });

  it("ends where the quotes do", () => {
    const word = ruleWordAt('D.by("vec-of-product").done()', 10);
    assert.deepEqual([word?.start, word?.end, word?.typed], [6, 20, "vec-"]);
    for (const open of ['D.by("ve).done()', 'D.by("ve, "x")'])
      assert.equal(ruleWordAt(open, 8)?.end, 8, open);
  });
});

describe("completion within .by", () => {
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
    await kernel.execute(
      "const L = lecture`dims h s d a b d_out; a_out = floor((a - h)/s) + 1; b_out = floor((b - h)/s) + 1\nZ : d x a*b; W : d_out x h*h*d; phi, P = conv(h, s, d, a, b)`; const D = L.derive('vec(W*phi(Z))')",
    );
  });
  after(() => kernel.stop());

  const ask = async (type: string, code: string): Promise<Json> =>
    (await kernel.request("shell", type, { code, cursor_pos: code.length, detail_level: 0 })).reply.content;

  it("offers the rules that apply to the last line, and no others", async () => {
    const { matches, cursor_start, cursor_end } = await ask("complete_request", 'D.by("');
    assert.deepEqual([matches, cursor_start, cursor_end], [["vec-of-product", "map-as-matrix"], 6, 6]);
    const next = await ask(
      "complete_request",
      'L.derive("vec(W*phi(Z))").by("vec-of-product", "phi(Z)").by("vec-of-m',
    );
    assert.deepEqual(next.matches, ["vec-of-map"]);
  });

  it("shows a rule's law", async () => {
    const { found, data } = await ask("inspect_request", 'D.by("vec-of-product');
    assert.equal(found, true);
    assert.match(
      (data as Record<string, string>)["text/markdown"],
      /^\*\*vec-of-product\*\*\n\n\$\\operatorname\{vec\}.*\$\n\n.*mathlib/s,
    );
  });

  it("offers what TypeScript knows where the derivation cannot be had", async () => {
    const { status } = await ask("complete_request", 'Q.by("');
    assert.equal(status, "ok");
    const pending = kernel.send("shell", "execute_request", {
      code: "await new Promise((r) => setTimeout(r, 400))",
    });
    assert.equal((await ask("complete_request", 'D.by("')).status, "ok");
    await kernel.reply(pending);
  });
});
