import assert from "node:assert/strict";
import { type Client, resultText, startKernel } from "./client.js";

/** A small problem whose iterations take milliseconds, and `mark`, which says "under way" at the third state. */
const setUp = `
const net = network({ input: { a: 8, b: 8, d: 1 }, conv: [{ dOut: 4, h: 3, pad: 1, pool: 2 }], full: [3] });
const y = matrix(3, 60); for (let k = 0; k < 60; k++) y.data[k % 3 + 3 * k] = 1;
const problem = objective(net, { Z: randomMatrix(64, 60, { seed: 1 }), y });
const theta0 = net.initial(1);
var mark = (at: number) => { if (at === 3) console.log("under way"); };
var state: { at: number; theta: Float64Array; f: number } | undefined;
`;

/** A training, and where its last good state is then. */
const trainings: Record<string, { code: string; state: string }> = {
  "await run, where run = newton(…)": {
    code: "var run = newton(problem, theta0, { iterMax: 1e6, GNsize: 20, xi: 1e-3, onIteration: ({ at }) => mark(at) }); await run;",
    state: "run.last!",
  },
  "await newton(…) with onIteration": {
    code: "await newton(problem, theta0, { iterMax: 1e6, GNsize: 20, xi: 1e-3, onIteration: (now) => { state = now; mark(now.at); } });",
    state: "state!",
  },
  "for await (const now of sgdSteps(…))": {
    code: "for await (const now of sgdSteps(problem, theta0, { epochs: 1e6, bsize: 10, lr: 1e-3 })) { state = now; mark(now.at); }",
    state: "state!",
  },
  "for await (const now of adamSteps(…))": {
    code: "for await (const now of adamSteps(problem, theta0, { epochs: 1e6, bsize: 10 })) { state = now; mark(now.at); }",
    state: "state!",
  },
};

describe("Stop during a training", () => {
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
    const { reply } = await kernel.execute(setUp);
    assert.equal(reply.content.status, "ok");
  });
  after(() => kernel.stop());

  for (const [what, { code, state }] of Object.entries(trainings)) {
    it(`keeps the last good state in a variable: ${what}; and the next cell runs`, async () => {
      await kernel.execute("state = undefined");
      const id = kernel.send("shell", "execute_request", { code });
      await kernel.iopub(
        ({ content, parent_header }) => content.text === "under way\n" && parent_header.msg_id === id,
      );
      await kernel.request("control", "interrupt_request", {});
      assert.equal((await kernel.reply(id)).content.ename, "Interrupted");
      assert.equal(await told(`${state}.at >= 3`), "true");
      assert.equal(
        await told(`Math.abs((await problem.value(${state}.theta)) - ${state}.f) < 1e-12`),
        "true",
      );
    });

    it(`ends it: ${what}`, async () => {
      const before = await told(`${state}.at`);
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.equal(await told(`${state}.at`), before);
    });
  }

  it("is drawn while it runs, in one place that changes, and at its end as it is then", async () => {
    const { id, iopub } = await kernel.execute(
      "const show = liveDisplay(); await newton(problem, theta0, { iterMax: 30, GNsize: 20, onIteration: ({ trace }, times) => show(plot.training(trace, times)) }); undefined",
    );
    const shown = iopub.filter(({ header }) => /display_data$/.test(String(header.msg_type)));
    const places = new Set(
      shown.map(({ content }) => (content.transient as { display_id: string }).display_id),
    );
    assert.equal(places.size, 1, id);
    assert.deepEqual(
      shown.map(({ header }) => header.msg_type),
      shown.map((_, k) => (k === 0 ? "display_data" : "update_display_data")),
    );
    const last = (shown.at(-1)!.content.data as Record<string, string>)["text/plain"];
    assert.match(String(last), /iteration 30, .* CG steps \d+, .* s, 0 s left, /);
  });

  async function told(code: string): Promise<unknown> {
    return resultText((await kernel.execute(code)).iopub);
  }
});
