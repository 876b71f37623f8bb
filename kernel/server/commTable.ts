/** Which comms are open, so that comm_info is answered at once, also while a cell runs. */
import type { Json } from "../wire/wire.js";

export interface CommTable {
  /** Takes note of a comm_open or comm_close of either side. */
  note(type: string, content: Json): void;
  /** The content of a comm_info_reply, for one target or for all. */
  info(target: unknown): Json;
  /** Forgets all; returns the ids that were open. */
  clear(): string[];
}

/** An empty table. */
export function newCommTable(): CommTable {
  const targets = new Map<string, string>();
  return {
    note(type, content) {
      const id = String(content.comm_id);
      if (type === "comm_open") targets.set(id, String(content.target_name));
      else if (type === "comm_close") targets.delete(id);
    },
    info(target) {
      const open = [...targets].filter(([, name]) => target == null || target === "" || name === target);
      return {
        status: "ok",
        comms: Object.fromEntries(open.map(([id, name]) => [id, { target_name: name }])),
      };
    },
    clear() {
      const ids = [...targets.keys()];
      targets.clear();
      return ids;
    },
  };
}
