import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { listen } from "../../kernel/absent/zmtp.js";
import { bindSockets, portsOf, type Sockets } from "../../kernel/server/sockets.js";
import type { ConnectionInfo } from "../../kernel/wire/wire.js";

const chosen = { shell_port: 0, control_port: 0, stdin_port: 0, iopub_port: 0, hb_port: 0 };

describe("the kernel's ports", function () {
  this.timeout(20_000);
  let holder: Server;
  let held: number;
  beforeEach(async () => {
    holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    held = (holder.address() as AddressInfo).port;
  });
  afterEach(() => void holder.close());

  const bind = (): Promise<Sockets> =>
    bindSockets({
      ...{ ...chosen, iopub_port: held, ip: "127.0.0.1", transport: "tcp" },
      ...{ key: "", signature_scheme: "hmac-sha256" },
    } as ConnectionInfo);

  it("are waited for where somebody has one for a moment", async () => {
    setTimeout(() => holder.close(), 300);
    const sockets = await bind();
    const { iopub_port } = portsOf(sockets);
    for (const socket of Object.values(sockets)) socket.close();
    assert.equal(iopub_port, held);
  });

  it("are waited for by the words of a package that is gone, too", async () => {
    setTimeout(() => holder.close(), 300);
    assert.equal(await listen({ host: "127.0.0.1", port: held }, "ROUTER", () => undefined), held);
  });

  it("are refused where somebody keeps one", () => assert.rejects(bind(), { code: "EADDRINUSE" }));
});
