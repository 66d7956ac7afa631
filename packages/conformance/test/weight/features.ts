// What a bundle weighs, by what it is for: each module of the sources serves one feature, the first in the list whose pattern
// matches `package/file`.

import type { Apart } from "./apart.ts";

const FEATURES: readonly (readonly [feature: string, modules: RegExp])[] = [
  [
    "options, arguments and events checked, and the words of their errors",
    /\/(errors|checks|show|did-you-mean|read-(options|arguments|policy|order|launcher-options|output)|step-fault|settings|.*-settings|options|shape|event-fault|option-rules|.*-options|has-methods)$/,
  ],
  [
    "saved states read back, snapshots, records",
    /^policy\/(read-state|field-reader|exit-record)$|\/(parse.*|snapshot|record|journal-writer)$|^backoff\/state$/,
  ],
  ["the policy itself", /^(sliding-window|crash-budget|backoff)\//],
  [
    "a budget for several children, and policies that were exchanged",
    /^policy\/(composition|look-ahead|member-keys|changed-members|all-of|restart-on)$/,
  ],
  ["a policy whose state is in a store", /^policy\/remote-policy$|\/(remote|asker)$/],
  ["the rest of the contract", /^policy\//],
  ["the slot of a child", /^child-slot\//],
  [
    "clock, timer, event loop, abort signals, context: what all share",
    /^supervisor\/(alarm|alarm-clock|heap|soon|system|abort-hub|async-context|one-per|keep-alive|paused-count|chance)$/,
  ],
  [
    "`retry`: one run, and the policy of its shorthands",
    /^promise-tasks\/(run|asking|attempt|retry|retry-policy|time-limits|timed-out|refused|world)$/,
  ],
  ["a task, its signal and its exit", /^promise-tasks\//],
  [
    "probes, standbys, recycling",
    /^supervision\/(probing|standbys|recycling)$|^supervisor\/(prober|standby-shelf)$/,
  ],
  [
    "what is questionable is said: no heartbeat, one id twice, what `lint` finds",
    /^supervisor\/(launcher-readiness|same-id|check-policy|diagnostics)$/,
  ],
  ["driver, handle, orders, listeners", /^supervisor\//],
  ["starts as a graph", /^supervision\/tree\/(start-graph|graph-rules)$/],
  [
    "children that are added and ended, replicas, rolling restarts",
    /^supervision\/tree\/(dynamic|rolling|queue)$/,
  ],
  ["trees in trees, orders by path", /^supervision\/tree\/(nested|path-orders|view)$/],
  ["pages, so that a step's cost does not grow", /^supervision\/tree\/(pages|ids|opened)$/],
  ["plans, groups, exits, start and end of a tree", /^supervision\/tree\//],
  ["the supervision of one child: launches, waits, exits, orders, ends", /^supervision\//],
  [
    "output: lines, prefixes, files, tail, terminals",
    /^child-process\/(log-file|output-.*|stderr-tail|outlets|line-splitter|whole-lines|labels|.*sink|rotation|hold|open-files|drain|child-streams|stdio-plan)$/,
  ],
  [
    "the group of a process, and who has left it",
    /^child-process\/(clearance|escapees|with-escapees|process-table|process-group|sweep)$/,
  ],
  [
    "no orphan when the host dies",
    /^child-process\/(lifeline|lifeline-script|descriptor-reserve)$/,
  ],
  ["a service that another host left behind", /^child-process\/past-attempt$/],
  ["stopping in steps", /^child-process\/(stop-.*|stopping|carry-out)$/],
  ["a process: environment, start, channel, readiness, exit", /^child-process\//],
];

export function featureOf(module: string): string {
  const [feature] = FEATURES.find(([, modules]) => modules.test(module)) ?? [];
  if (feature === undefined) throw new Error(`weight/features.ts has no feature for ${module}`);
  return feature;
}

/** Bytes by feature, in the order of the list, of bundles that are compared. */
export function byFeature(bundles: readonly Apart[]): ReadonlyMap<string, readonly number[]> {
  const all = new Map<string, number[]>(
    FEATURES.map(([feature]) => [feature, bundles.map(() => 0)]),
  );
  for (const [i, bundle] of bundles.entries()) {
    for (const [module, bytes] of bundle) {
      const row = all.get(featureOf(module)) ?? [];
      row[i] = (row[i] ?? 0) + bytes;
    }
  }
  return all;
}
