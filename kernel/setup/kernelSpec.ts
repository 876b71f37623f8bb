import { protocolVersion } from "../wire/protocolVersion.js";

/** What kernel.json says: how a front end starts the kernel and what it may expect of it. */
export interface KernelSpec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: "message";
  /** A front end knows what it may ask before the kernel answers. */
  readonly kernel_protocol_version: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The kernelspec for a kernel that `command` starts (kernelCommand.ts). */
export function kernelSpec(command: readonly string[]): KernelSpec {
  return {
    argv: [...command, "{connection_file}"],
    display_name: "TypeScript (philab)",
    language: "typescript",
    interrupt_mode: "message",
    kernel_protocol_version: protocolVersion,
    // JEP 145: a manager may hand over CURVE keys in the connection file. The proposal wants a list.
    metadata: { debugger: false, supported_encryption: ["curve"] },
  };
}
