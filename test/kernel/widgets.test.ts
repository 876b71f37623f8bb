import assert from "node:assert/strict";
import type { Json, Message } from "../../kernel/wire/wire.js";
import { type Client, contentOf, resultText, startKernel, streamText } from "./client.js";

const widgetMime = "application/vnd.jupyter.widget-view+json";

describe("sliders over the ipywidgets protocol", () => {
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
  });
  after(() => kernel.stop());

  /** Moves a slider as the page does. */
  const move = async (comm_id: unknown, value: number): Promise<readonly Message[]> =>
    kernel.outputs(
      kernel.send("shell", "comm_msg", {
        comm_id,
        data: { method: "update", state: { value }, buffer_paths: [] },
      }),
    );
  const shownModel = (iopub: readonly Message[]): unknown => {
    const shown = iopub.find(({ content }) => content.data && widgetMime in (content.data as Json));
    assert.ok(shown, "a view is shown");
    return ((shown.content.data as Json)[widgetMime] as Json).model_id;
  };

  const viewOf = ({ data }: Json): unknown[] => {
    const { _view_module, _view_name } = (data as Json).state as Json;
    return [_view_module, _view_name];
  };

  it("open a model with its layout and style, and show its view with a text fallback", async () => {
    const { iopub } = await kernel.execute(
      'const h = slider({ min: 1, max: 9, value: 3, label: "h" }, (v) => { console.log("moved to", v) }); undefined',
    );
    const opens = iopub.filter(({ header }) => header.msg_type === "comm_open");
    assert.ok(opens.every(({ content }) => content.target_name === "jupyter.widget"));
    const [layout, style, model] = opens.map(({ content }) => content) as [Json, Json, Json];
    const state = (model.data as Json).state as Json;
    assert.deepEqual(
      [state._model_name, state._view_name, state.min, state.max, state.value, state.step],
      ["IntSliderModel", "IntSliderView", 1, 9, 3, 1],
    );
    assert.deepEqual(
      [state.layout, state.style],
      [`IPY_MODEL_${layout.comm_id}`, `IPY_MODEL_${style.comm_id}`],
    );
    assert.deepEqual(viewOf(style), ["@jupyter-widgets/base", "StyleView"]); // where the front end has it
    assert.ok(opens.every(({ metadata }) => metadata.version === "2.1.0"));
    assert.equal(shownModel(iopub), model.comm_id);
    assert.match(String((contentOf(iopub, "display_data").data as Json)["text/plain"]), /IntSlider\(value=3/);
    const moved = await move(model.comm_id, 5);
    assert.equal(streamText(moved, "stdout"), "moved to 5\n");
    assert.deepEqual((contentOf(moved, "comm_msg").data as Json).method, "echo_update");
    assert.equal(resultText((await kernel.execute("h.value")).iopub), "5");
  });

  it("show what a handler prints or throws in a place of its own, which lets go before idle", async () => {
    const { iopub } = await kernel.execute(
      "slider({ min: 1, max: 9 }, (v) => { if (v === 4) throw new RangeError('four'); if (v === 5) for (;;); console.log('at', v) }); undefined",
    );
    const opened = iopub.filter(({ header }) => header.msg_type === "comm_open").at(-1);
    assert.ok(opened);
    assert.equal(((opened.content.data as Json).state as Json)._model_name, "OutputModel");
    /** What is said while the place listens to the message, and of the place itself. */
    const told = (said: readonly Message[]): unknown[] => {
      const ofPlace = ({ content }: Message): unknown =>
        content.comm_id === opened.content.comm_id && ((content.data as Json).state as Json).msg_id;
      return said
        .filter(
          ({ header, content }) =>
            header.msg_type !== "comm_msg" || ofPlace({ content } as Message) !== false,
        )
        .map((message) =>
          message.header.msg_type === "comm_msg"
            ? ofPlace(message) === message.parent_header.msg_id || ofPlace(message)
            : (message.content.text ?? message.content.ename ?? message.header.msg_type),
        );
    };
    const within = (what: string): unknown[] => ["status", true, "clear_output", what, "", "status"];
    const model = shownModel(iopub);
    assert.deepEqual(told(await move(model, 3)), within("at 3\n"));
    assert.deepEqual(told(await move(model, 4)), within("RangeError"));
    const stuck = move(model, 5);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await kernel.request("control", "interrupt_request", {});
    assert.deepEqual(told(await stuck), within("Interrupted"));
    assert.deepEqual(told(await move(model, 6)), within("at 6\n"));
  });

  it("are moved by the cell too, and give their state to a page that asks", async () => {
    const { iopub } = await kernel.execute("const x = slider({ min: 0, max: 1, step: 0.05 }); undefined");
    const id = shownModel(iopub);
    const set = await kernel.execute("x.value = 0.25; undefined");
    assert.deepEqual(contentOf(set.iopub, "comm_msg"), {
      comm_id: id,
      data: { method: "update", state: { value: 0.25 }, buffer_paths: [] },
    });
    const asked = await kernel.outputs(
      kernel.send("shell", "comm_msg", { comm_id: id, data: { method: "request_state" } }),
    );
    assert.equal(((contentOf(asked, "comm_msg").data as Json).state as Json)._model_name, "FloatSliderModel");
  });

  it("refuse an empty range and a value outside", async () => {
    for (const [code, said] of [
      ["slider({ min: 2, max: 2 })", /min < max/],
      ["slider({ min: 0, max: 2, value: 3 })", /value = 3; needed from 0 to 2/],
      ["slider({ min: NaN, max: 2 })", /min = NaN/],
    ] as const) {
      assert.match(String((await kernel.execute(code)).reply.content.evalue), said);
    }
  });

  it("redraw what interact shows, in place, and survive its errors", async () => {
    const { iopub } = await kernel.execute(
      "interact(({ n }) => { if (n === 4) throw new RangeError('four'); if (n === 6) Array.from({ length: 4e9 }, () => 0); return n * n }, { n: { min: 1, max: 9, value: 2 } })",
    );
    const model = shownModel(iopub);
    const first = iopub.find(
      ({ header, content }) =>
        header.msg_type === "display_data" && (content.data as Json)["text/plain"] === "4",
    );
    assert.ok(first, "the first value is shown");
    const update = contentOf(await move(model, 3), "update_display_data");
    assert.deepEqual(update.data, { "text/plain": "9" });
    assert.deepEqual(update.transient, first.content.transient);
    assert.match(
      String((contentOf(await move(model, 4), "update_display_data").data as Json)["text/plain"]),
      /RangeError: four/,
    );
    assert.deepEqual(contentOf(await move(model, 5), "update_display_data").data, { "text/plain": "25" });
    const stuck = move(model, 6);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await kernel.request("control", "interrupt_request", {});
    const stopped = contentOf(await stuck, "update_display_data").data as Json;
    assert.match(String(stopped["text/plain"]), /Interrupted/);
    assert.deepEqual(contentOf(await move(model, 7), "update_display_data").data, { "text/plain": "49" });
  });
});

describe("progress", () => {
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
  });
  after(() => kernel.stop());

  const shown = (iopub: readonly Message[]): Message[] =>
    iopub.filter(({ header }) => /display_data/.test(header.msg_type));

  it("shows one display, updated in place, with rate and remaining time, and ends with the count", async () => {
    const code =
      'let total = 0; for (const i of progress(30, { label: "<epoch>" })) { total += i; const end = Date.now() + 12; while (Date.now() < end); } total';
    const { iopub } = await kernel.execute(code, { allow_stdin: true });
    const [first, ...updates] = shown(iopub);
    assert.equal(first?.header.msg_type, "display_data");
    assert.ok(updates.length >= 2 && updates.length < 10, `${updates.length} updates`);
    assert.ok(
      updates.every(
        ({ header, content }) =>
          header.msg_type === "update_display_data" &&
          (content.transient as Json).display_id ===
            (first?.content.transient as Json | undefined)?.display_id,
      ),
    );
    const texts = updates.map(({ content }) => String((content.data as Json)["text/plain"]));
    assert.match(texts[0]!, /<epoch> █+─+ \d+\/30 · [\d.]+\/s · [\d.]+ s left/);
    assert.match(texts.at(-1)!, /30\/30/);
    assert.match(
      String((updates.at(-1)?.content.data as Json | undefined)?.["text/html"]),
      /&#60;epoch&#62; <progress value="30" max="30">/,
    );
    assert.equal(resultText(iopub), "435");
  }).retries(2);

  it("iterates over what it is given, and says where a loop was left", async () => {
    const { iopub } = await kernel.execute(
      "const got: string[] = []; for (const c of progress(new Set(['a', 'b', 'c']))) { got.push(c); if (c === 'b') break; } got.join()",
      { allow_stdin: true },
    );
    assert.match(
      String((shown(iopub).at(-1)?.content.data as Json | undefined)?.["text/plain"]),
      /1\/3 .* stopped/,
    );
    assert.equal(resultText(iopub), "'a,b'");
  });

  it("is quiet where nobody looks on, and refuses what is no count", async () => {
    const { iopub } = await kernel.execute("let n = 0; for (const i of progress(5)) n += i; n");
    assert.deepEqual([shown(iopub), resultText(iopub)], [[], "10"]);
    assert.match(
      String((await kernel.execute("progress(-1)", { allow_stdin: true })).reply.content.evalue),
      /progress: n = -1; needed/,
    );
  });
});
