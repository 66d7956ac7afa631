// What the tests need of the system, beside npm packages: which of it is here, in which version, and how one gets it.

import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";

interface Tool {
  /** What says its version. */
  readonly ask: readonly [command: string, ...args: string[]];
  /** The Debian package that brings it. */
  readonly apt: string;
  /** What is not tested without it. */
  readonly tests: string;
}

/** Debian's programs of PostgreSQL are not on the PATH. */
export const POSTGRES_BIN = globSync("/usr/lib/postgresql/*/bin").sort().at(-1) ?? "";

/** A mount namespace of one's own: as root, or in a user namespace. */
export const UNSHARE =
  process.getuid?.() === 0 ? (["--mount"] as const) : (["--mount", "--map-root-user"] as const);

export const TOOLS = {
  "redis-server": { ask: ["redis-server", "--version"], apt: "redis-server", tests: "BullMQ" },
  postgres: {
    ask: [`${POSTGRES_BIN}/postgres`, "--version"],
    apt: "postgresql",
    tests: "pg-boss and graphile-worker",
  },
  "systemd-analyze": {
    ask: ["systemd-analyze", "--version"],
    apt: "systemd",
    tests: "units of systemd",
  },
  unshare: {
    ask: ["unshare", ...UNSHARE, "unshare", "--version"],
    apt: "util-linux, and the right to a mount namespace",
    tests: "Restate",
  },
  erl: {
    ask: ["erl", "-noshell", "-eval", "io:put_chars(erlang:system_info(otp_release)), halt()."],
    apt: "erlang-base",
    tests: "supervisors of OTP",
  },
  promtool: { ask: ["promtool", "--version"], apt: "prometheus", tests: "the text of metrics" },
} as const satisfies Record<string, Tool>;

export type ToolName = keyof typeof TOOLS;

/** The first line of what it says about its version; null where it is missing. */
export function versionOf(name: ToolName): string | null {
  const [command, ...args] = TOOLS[name].ask;
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  return status === 0 ? ((stdout || stderr).split("\n")[0] ?? "") : null;
}

/** Which version of each is here; null where it is missing. */
export function found(): Readonly<Record<string, string | null>> {
  const names = Object.keys(TOOLS) as ToolName[];
  return Object.fromEntries(names.map((name) => [name, versionOf(name)]));
}

/**
 * Turbo replays a run with the same key. The key has `STEADFAST_FOUND`, so a skip is never replayed where a server has come
 * since, as long as that says what is here: what is wrong if it does not. Without turbo nothing is replayed.
 */
export function keyFault(
  env: Readonly<Record<string, string | undefined>>,
  here = found(),
): string | null {
  if (env.TURBO_HASH === undefined) return null;
  if (env.STEADFAST_FOUND === JSON.stringify(here)) return null;
  return "this run would be cached under a key that does not say which servers were found: use `pnpm engines`";
}

/** Whether a test that needs it is skipped. With STEADFAST_REQUIRE=all none is: it fails instead. */
export function isMissing(name: ToolName): boolean {
  return process.env.STEADFAST_REQUIRE !== "all" && versionOf(name) === null;
}
