/** Ports for kernels that do not choose their own. */
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import type { ConnectionInfo } from "../../kernel/wire/wire.js";

type Ports = Pick<ConnectionInfo, "shell_port" | "control_port" | "stdin_port" | "iopub_port" | "hb_port">;

/** Five ports that nobody listens at. */
export async function freePorts(): Promise<Ports> {
  const servers = Array.from({ length: 5 }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const [shell, control, stdin, iopub, hb] = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return { shell_port: shell!, control_port: control!, stdin_port: stdin!, iopub_port: iopub!, hb_port: hb! };
}
