/** The connection file: read, checked, and turned into addresses; its ports told where the kernel chose them. */
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { writeRecord } from "../disk/writeRecord.js";
import type { ConnectionInfo } from "./wire.js";

const ports = ["shell_port", "control_port", "stdin_port", "iopub_port", "hb_port"] as const;

/** The connection info in a file. Throws when a field is missing, or the place is not safe to listen at. */
export function readConnection(path: string): ConnectionInfo {
  const info = JSON.parse(readFileSync(path, "utf8")) as Partial<ConnectionInfo>;
  for (const port of ports) {
    if (!Number.isInteger(info[port]))
      throw new Error(`${path}: ${port} = ${info[port]}; needed a port number`);
  }
  if (info.transport !== "tcp" && info.transport !== "ipc") {
    throw new Error(`${path}: transport = ${info.transport}; needed tcp or ipc`);
  }
  const scheme = info.signature_scheme ?? "hmac-sha256";
  if (scheme !== "hmac-sha256") throw new Error(`${path}: signature_scheme = ${scheme}; needed hmac-sha256`);
  const connection = { ...info, key: info.key ?? "", signature_scheme: scheme } as ConnectionInfo;
  refuseOpenNetwork(path, connection);
  return connection;
}

/** Whether the kernel is to choose ports: one that was free when somebody else looked may be taken since. */
export function asksForPorts(connection: ConnectionInfo): boolean {
  return connection.transport === "tcp" && ports.some((port) => connection[port] === 0);
}

/** Writes a connection file, whole or not at all. */
export function tellConnection(path: string, connection: ConnectionInfo): void {
  writeRecord(path, JSON.stringify(connection), 0o600);
}

/** tcp://127.0.0.1:5555, or ipc:///path-1 */
export function addressOf({ transport, ip }: ConnectionInfo, port: number): string {
  return transport === "ipc" ? `ipc://${ip}-${port}` : `tcp://${ip}:${port}`;
}

/** The same for Node's own sockets. */
export function addressParts(
  { transport, ip }: ConnectionInfo,
  port: number,
): { readonly path: string } | { readonly host: string; readonly port: number } {
  return transport === "ipc" ? { path: `${ip}-${port}` } : { host: ip, port };
}

/** Beyond this machine only encrypted, and never unsigned: whoever can speak to a kernel can run programs. */
function refuseOpenNetwork(path: string, connection: ConnectionInfo): void {
  const { transport, ip, curve_publickey, curve_secretkey, key } = connection;
  if (transport === "ipc" || isLoopback(ip)) return;
  if (!curve_publickey || !curve_secretkey || key === "") {
    throw new Error(
      `${path}: ip = ${ip} is not this machine; needed a loopback address, or CURVE keys and a signing key`,
    );
  }
}

function isLoopback(ip: string): boolean {
  return ip === "localhost" || ip === "::1" || (isIP(ip) === 4 && ip.startsWith("127."));
}
