// Node, Bun and Deno, fetched from the npm registry by npx, which keeps them for the next time. They are
// no dependencies of the repository: three more Nodes would triple its install.

import { arch } from "node:process";
import { command, succeed } from "../packed/command.ts";
import type { ProgramName } from "../packed/programs.ts";
import { judged, type Runtime } from "./runtime.ts";

const NODES = ["20.16.0", "20.20.2", "22.23.3", "24.21.0", "26.10.0"];
const BUN = "1.4.5";
const DENO = "2.9.6";

export const SUITES: readonly ProgramName[] = [
  "task-suite",
  "spawn-suite",
  "fork-suite",
  "thread-suite",
];
export const PORTABLE: readonly ProgramName[] = [
  "analysis",
  "bridges",
  "cores",
  "law-kit",
  "one-copy",
  "own-policy",
  "presets",
  "spec",
  "stores",
  "tasks",
  "test-kit",
];
export const ON_HOSTS: readonly ProgramName[] = [
  ...PORTABLE,
  "two-copies",
  "plain-spawn",
  "processes",
  "threads",
  "signals",
  ...SUITES,
];

interface Host {
  readonly name: string;
  /** The npm package that brings it. */
  readonly from: string;
  /** How it is asked for its own path. */
  readonly path: readonly [string, ...string[]];
  readonly args: readonly string[];
}

const hosts: readonly Host[] = [
  ...NODES.map((version) => ({
    name: `node ${version}`,
    from: `node-linux-${arch}@${version}`,
    path: ["node", "--print", "process.execPath"] as const,
    args: [],
  })),
  {
    name: `bun ${BUN}`,
    from: `bun@${BUN}`,
    path: ["bun", "--print", "process.execPath"],
    args: [],
  },
  {
    name: `deno ${DENO}`,
    from: `deno@${DENO}`,
    path: ["deno", "eval", "console.log(Deno.execPath())"],
    args: ["run", "--allow-all"],
  },
];

/** The runtimes that run the programs in `folder` by themselves. */
export function hostRuntimes(folder: string): Runtime[] {
  return hosts.map(({ name, from, path, args }) => ({
    name,
    programs: ON_HOSTS,
    async prepare() {
      const { stdout } = await succeed("npx", ["--yes", "-p", from, "--", ...path], {
        cwd: folder,
        timeoutMs: 300_000,
      });
      const binary = stdout.trim().split("\n").at(-1) ?? "";
      const run = async (program: ProgramName, form: "import" | "require") => {
        const file = `${program}.${form === "import" ? "mjs" : "cjs"}`;
        const ended = await command(binary, [...args, file], { cwd: folder });
        const result = judged(form, program, ended.stdout, ended.stderr);
        return ended.code === 0 ? result : { ...result, ok: false };
      };
      return {
        run: (program) => Promise.all([run(program, "import"), run(program, "require")]),
      };
    },
  }));
}
