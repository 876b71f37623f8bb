/** Which comms are open, so that comm_info is answered at once, also while a cell runs. */
import type { Json } from "../wire/wire.js";

export class CommTable {
  /** The name of each open comm's target, by the comm's id. */
  readonly #targets = new Map<string, string>();

  has(id: string): boolean {
    return this.#targets.has(id);
  }

  /** Takes note of a comm_open or comm_close of either side. */
  note(type: string, content: Json): void {
    const id = String(content.comm_id);
    if (type === "comm_open") this.#targets.set(id, String(content.target_name));
    else if (type === "comm_close") this.#targets.delete(id);
  }

  /** The content of a comm_info_reply, for one target or for all. */
  info(target: unknown): Json {
    const isMeant = (name: string): boolean => target == null || target === "" || name === target;
    const open = [...this.#targets].filter(([, name]) => isMeant(name));
    return { status: "ok", comms: Object.fromEntries(open.map(([id, name]) => [id, { target_name: name }])) };
  }

  /** Forgets all; returns the ids that were open. */
  clear(): string[] {
    const ids = [...this.#targets.keys()];
    this.#targets.clear();
    return ids;
  }
}
