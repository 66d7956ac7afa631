// The walls as data: which package may import which, and in what surroundings it runs.
// A new package gets a row here first; a folder without a row is red.

/**
 * core: pure, no outside world at all. portable: the loop and the clocks of the web platform, no Node.
 * node: processes and threads. private: not published, looks at everything.
 */
export type Surroundings = "core" | "portable" | "node" | "private";

export interface Row {
  readonly surroundings: Surroundings;
  /** Packages (names without the scope) that its sources may import. */
  readonly may: readonly string[];
  /** Files under src/ that may use Node all the same; a trailing slash means a folder. */
  readonly nodeFiles?: readonly string[];
  /** Files under src/ that look for one Node module where there is Node and do without elsewhere. */
  readonly optionalNode?: Readonly<Record<string, string>>;
  /** Files under src/ that may ask `globalThis.process`, where there is one, about its surroundings. */
  readonly asksProcess?: readonly string[];
  /** Globals beyond those of its surroundings, by file under src/. */
  readonly extraGlobals?: Readonly<Record<string, readonly string[]>>;
  /** Third-party packages it may use: a private one, or a test kit as a peer. Others have none. */
  readonly thirdParty?: readonly string[];
  /** Whether its sources may import what is for tests only: it is itself a test kit. */
  readonly testKit?: boolean;
  /** Packages that it may not depend on in any way, tests included. */
  readonly never?: readonly string[];
}

export const SCOPE = "@steadfast/";

const LIBRARIES = [
  "policy",
  "sliding-window",
  "backoff",
  "crash-budget",
  "child-slot",
  "supervision",
  "supervisor",
  "child-process",
  "worker-threads",
  "promise-tasks",
  "presets",
  "spec",
  "analysis",
  "laws",
  "bridges",
  "stores",
  "dashboard",
];

/** Keyed by folder. */
export const TABLE: Readonly<Record<string, Row>> = {
  "packages/policy": { surroundings: "core", may: [], never: ["laws"] },
  "packages/sliding-window": { surroundings: "core", may: ["policy"] },
  "packages/backoff": { surroundings: "core", may: ["policy"] },
  "packages/crash-budget": { surroundings: "core", may: ["policy"] },
  "packages/child-slot": { surroundings: "core", may: ["policy"], never: ["laws"] },
  "packages/supervision": {
    surroundings: "core",
    may: ["policy", "child-slot"],
    never: ["laws"],
  },
  "packages/supervisor": {
    surroundings: "portable",
    may: ["policy", "child-slot", "supervision"],
    nodeFiles: ["node.ts", "node/"],
    optionalNode: {
      "async-context.ts": "node:async_hooks",
      "diagnostics.ts": "node:diagnostics_channel",
    },
    asksProcess: ["console/surroundings.ts"],
    extraGlobals: {
      "console/surroundings.ts": ["console"],
      "http-check.ts": ["fetch", "URL"],
      "testing/drained.ts": ["MessageChannel"],
      "soon.ts": ["setImmediate", "clearImmediate", "MessageChannel"],
      "keep-alive.ts": ["MessageChannel"],
    },
    never: ["laws"],
  },
  "packages/child-process": {
    surroundings: "node",
    may: ["policy", "supervisor"],
    extraGlobals: { "child-messages.ts": ["globalThis"], "when-active.ts": ["globalThis"] },
  },
  "packages/worker-threads": {
    surroundings: "node",
    may: ["policy", "supervisor"],
    extraGlobals: {
      "worker-messages.ts": ["globalThis"],
      "standby-mark.ts": ["globalThis"],
      "when-active.ts": ["globalThis"],
    },
  },
  "packages/promise-tasks": { surroundings: "portable", may: ["policy", "supervisor"] },
  "packages/presets": {
    surroundings: "core",
    may: ["policy", "sliding-window", "backoff", "crash-budget", "supervision"],
  },
  "packages/analysis": {
    surroundings: "core",
    may: ["policy", "child-slot", "supervision"],
    never: ["laws"],
  },
  "packages/spec": {
    surroundings: "core",
    may: ["policy", "sliding-window", "backoff", "crash-budget", "presets"],
  },
  "packages/stores": {
    surroundings: "portable",
    may: ["policy"],
    extraGlobals: { "shared-policy.ts": ["crypto"] },
  },
  "packages/laws": {
    surroundings: "portable",
    may: ["policy", "child-slot", "supervision", "supervisor", "analysis"],
    thirdParty: ["fast-check"],
    // What a policy might read of the machine is replaced there for a while.
    extraGlobals: { "policy-laws/other-world.ts": ["globalThis", "Proxy"] },
    testKit: true,
  },
  "packages/bridges": {
    surroundings: "portable",
    may: LIBRARIES.filter((name) => !["analysis", "laws", "bridges", "dashboard"].includes(name)),
    nodeFiles: ["processes.ts", "processes/"],
    extraGlobals: {
      "kubernetes/to-kubernetes.ts": ["URL"],
      "process-compose/probe-of.ts": ["URL"],
      // A host asks Restate over HTTP.
      "restate/ingress.ts": ["crypto", "encodeURIComponent", "fetch"],
    },
  },
  "packages/dashboard": {
    surroundings: "node",
    may: [
      "policy",
      "sliding-window",
      "backoff",
      "crash-budget",
      "presets",
      "spec",
      "supervision",
      "supervisor",
      "analysis",
    ],
  },
  "packages/cli": {
    surroundings: "node",
    may: LIBRARIES.filter((name) => name !== "laws"),
    thirdParty: ["commander", "yaml", "log-update"],
  },
  "packages/conformance": { surroundings: "private", may: [...LIBRARIES, "cli"] },
  "packages/bench": { surroundings: "private", may: LIBRARIES, thirdParty: ["esbuild", "uplot"] },
  "apps/sample": {
    surroundings: "private",
    may: [
      ...LIBRARIES.filter(
        (name) => !["child-slot", "presets", "spec", "analysis", "laws", "bridges"].includes(name),
      ),
      "cli",
    ],
    thirdParty: ["log-update"],
  },
};

/** Published subpaths that are for tests only, never for sources of packages. */
export const TEST_ONLY = ["@steadfast/supervisor/testing"];

/** Published subpaths that need Node, closed to portable packages. */
export const NODE_ONLY = ["@steadfast/supervisor/node"];
