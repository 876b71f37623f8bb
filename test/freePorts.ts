/** Ports for programs that do not choose their own. */
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/** So many ports of this machine that nobody listens at, each another one. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}
