// One way that `@steadfast/child-process` has for output, run once: a child writes a gigabyte to stdout. Says on
// stderr, as JSON, how many seconds it took and by how many MiB this host grew. suites/output.ts starts it.
//
//   node output-host.ts <way> <folder for files> | cat

import { join } from "node:path";
import { type SpawnLauncherOptions, spawnLauncher } from "@steadfast/child-process";
import { WRITER } from "./writer.ts";

const [way = "", folder = ""] = process.argv.slice(2);
const MIB = 1_048_576;

const WAYS: Readonly<Record<string, SpawnLauncherOptions>> = {
  inherit: {},
  "inherit, through the host": { readyWhen: () => false },
  "file, the child's own": { stdout: { file: join(folder, "own") } },
  "file, rotated at 64 MiB": {
    stdout: { file: { path: join(folder, "log"), maxBytes: 64 * MIB, keep: 1 } },
  },
  line: { stdout: { line() {} } },
  prefix: { stdout: { prefix: true } },
};

const options = WAYS[way];
if (!options) throw new Error(`no way "${way}"`);
const info = { id: "web", attempt: 1, generation: 1, cause: "start", failures: 0 } as const;
const before = process.resourceUsage().maxRSS;
const start = process.hrtime.bigint();
await spawnLauncher(process.execPath, ["-e", WRITER], options).launch(info).exited;
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
const grown = (process.resourceUsage().maxRSS - before) / 1_024;
process.stderr.write(JSON.stringify({ seconds, grown }));
