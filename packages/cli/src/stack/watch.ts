// `--watch`: a change of what a child watches restarts it, once things are quiet for a moment: an editor writes a file in
// several steps.

import { existsSync, watch } from "node:fs";
import { resolve } from "node:path";
import type { Host } from "./host.js";
import { idsOf, restart } from "./orders.js";
import type { Beside } from "./run-stack.js";

const QUIET_MS = 200;
/** What changes by itself, all the time. */
const IGNORED = /(^|\/)(node_modules|\.git)(\/|$)/;

/** @param say a line for a person. */
export function watching(say: (line: string) => void, quietMs = QUIET_MS): Beside {
  return async (host) => {
    const closers = Object.entries(host.stack.watch).flatMap(([id, paths]) =>
      paths.map((path) => watchOne(host, id, path, say, quietMs)),
    );
    if (closers.length === 0) say("--watch: no child says what it watches (watch: [src])");
    return {
      async [Symbol.asyncDispose]() {
        for (const close of closers) close();
      },
    };
  };
}

/** Returns what ends it. */
function watchOne(
  host: Host,
  id: string,
  path: string,
  say: (line: string) => void,
  quietMs: number,
): () => void {
  const full = resolve(host.stack.folder, path);
  if (!existsSync(full)) {
    say(`--watch: ${path}, which ${id} watches, is not there`);
    return () => {};
  }
  let timer: NodeJS.Timeout | undefined;
  const changed = (file: string) => {
    say(`${file} changed: ${id} is restarted`);
    for (const one of idsOf(host, id)) void restart(host, one);
  };
  const watcher = watch(full, { recursive: true }, (_, name) => {
    const file = name === null ? path : `${path}/${name}`;
    if (IGNORED.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(changed, quietMs, file);
  });
  watcher.on("error", (error) => say(`--watch: ${path} is not watched any more: ${error.message}`));
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
