import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bothMachines } from "../engine/x86/machines.js";

const file = new URL("../engine/x86/told.ts", import.meta.url).pathname;
const [major] = process.versions.node.split(".").map(Number) as [number];
const permission = major < 22 ? "--experimental-permission" : "--permission";

/** What is started, and what `why` says of machine code then. */
const ways: Readonly<
  Record<string, { args?: string[]; env?: Record<string, string>; folder?: string; why: RegExp }>
> = {
  "--no-addons": { args: ["--no-addons"], why: /^x86-512: Cannot load native addon/ },
  "--permission, where nothing may be written": {
    args: [permission, "--allow-fs-read=*", "--allow-worker"],
    why: /^x86-512: Access to this API has been restricted/,
  },
  "--permission, where files may be written": {
    args: [permission, "--allow-fs-read=*", "--allow-fs-write=*", "--allow-worker"],
    why: /^x86-512: Cannot load native addon/,
  },
  "a folder that is not there": { folder: "/proc/nowhere", why: /^x86-512: ENOENT/ },
  "a folder that cannot be written": {
    folder: "/proc/sys",
    why: /^x86-512: (ENOENT|EACCES|EPERM|EROFS)/,
  },
  "PHILAB_ENGINE=wasm": { env: { PHILAB_ENGINE: "wasm" }, why: /^x86-512: PHILAB_ENGINE asks for wasm/ },
};

/** Folders that only who may mount can make. */
const mounts: Readonly<Record<string, { options: string; why: RegExp }>> = {
  "a folder that is mounted noexec": { options: "noexec", why: /^x86-512: .*(not permitted|failed to map)/ },
  "a disk that is full": { options: "size=4k", why: /^x86-512: ENOSPC/ },
  "a folder that is mounted read-only": { options: "ro", why: /^x86-512: EROFS/ },
};

describe("where machine code cannot be loaded, WebAssembly computes, and engineInfo says why in one line", () => {
  before(function () {
    if (bothMachines("float32") === undefined) this.skip();
  });

  for (const [name, { args = [], env = {}, folder = "", why }] of Object.entries(ways)) {
    it(name, () => fallsBack(args, env, folder, why)).timeout(60_000);
  }

  for (const [name, { options, why }] of Object.entries(mounts)) {
    it(name, function () {
      const folder = mkdtempSync(join(tmpdir(), "philab-mount-"));
      const inside = join(folder, "in");
      mkdirSync(inside);
      const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", options, "none", inside]);
      try {
        if (status !== 0) this.skip(); // nobody may mount here
        fallsBack([], {}, inside, why);
      } finally {
        if (status === 0) spawnSync("umount", [inside]);
        rmSync(folder, { recursive: true });
      }
    }).timeout(60_000);
  }

  it("and nothing is wrong with the process elsewhere: it runs machine code", () => {
    assert.deepEqual(told([], {}).engine, "x86-512");
  }).timeout(60_000);
});

function fallsBack(args: string[], env: Record<string, string>, folder: string, why: RegExp): void {
  const found = told(args, env, folder);
  assert.match(found.engine as string, /^(relaxed-)?simd-\d+$/);
  assert.match(found.why as string, why);
  assert.ok(!(found.why as string).includes("\n"));
}

function told(args: string[], env: Record<string, string>, folder = ""): Record<string, unknown> {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args, "--import", "tsx", file, folder], {
    encoding: "utf8",
    env: { ...process.env, PHILAB_ENGINE: "", ...env },
  });
  assert.equal(status, 0, stderr);
  const found = JSON.parse(stdout) as Record<string, unknown>;
  assert.deepEqual([found.center, found.corner], [73, 33]);
  return found;
}
