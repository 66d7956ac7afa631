// A policy as the settings of systemd, and what of it systemd does not have.
//
// - Exits: permanent is `always`, temporary is `no`; transient is `on-failure` with the four signals that systemd
//   takes for clean, forced.
// - A delay is the same each time: systemd's growing one never forgets, and a `backoff` does when the child is
//   healthy.
// - A limit is a fixed window with a closed edge that counts starts, asked once the delay is over; or one for life.
//   A window that opens again has to be given up on, since a unit that reached its limit has failed.

import type { SystemdOptions, SystemdRestart } from "@steadfast/presets";
import type { PolicySpec } from "@steadfast/spec";
import { changed, dropped, type Finding } from "../imported.js";
import { delaysOf, described, type Part, partsOf } from "../policy-parts.js";

/** Options of the preset `systemd`. */
type SystemdSettings = { -readonly [Option in keyof SystemdOptions]: SystemdOptions[Option] };

const OWN: { readonly [preset: string]: SystemdSettings } = {
  systemd: {},
  systemdRestart: { restartMs: 0, startLimitIntervalMs: 0 },
  systemdStartLimit: { restart: "always" },
  systemdRestartSteps: { restart: "always", startLimitIntervalMs: 0 },
};
const TYPES: { readonly [type: string]: SystemdRestart } = {
  permanent: "always",
  transient: "on-failure",
  temporary: "no",
};
const CLEAN_SIGNALS = ["SIGHUP", "SIGINT", "SIGTERM", "SIGPIPE"];
const ONE_LIMIT = "there is one limit";

interface Draft {
  readonly settings: SystemdSettings;
  readonly report: Finding[];
}

/** The settings; `report` is empty where they are exactly the policy. */
export function policySettings(policy: PolicySpec): Draft {
  const draft: Draft = { settings: {}, report: [] };
  const node = described(policy);
  const own = node.preset && OWN[node.preset];
  if (own) return { ...draft, settings: { ...own, ...(node.options as SystemdOptions) } };
  draft.settings.restart = "always";
  draft.settings.restartMs = 0;
  draft.settings.startLimitIntervalMs = 0;
  const seen = new Set<string>();
  for (const part of partsOf(node)) {
    const place = `policy: ${part.kind}`;
    const read = READERS[part.kind];
    const slot = SLOTS[part.kind] ?? part.kind;
    if (read === undefined) {
      draft.report.push(dropped(place, "systemd has nothing like it"));
    } else if (seen.has(slot)) {
      const what = slot === "limit" ? ONE_LIMIT : `there is one ${slot}`;
      draft.report.push(dropped(place, what));
    } else {
      seen.add(slot);
      read(part, draft, place);
    }
  }
  return draft;
}

const SLOTS: { readonly [kind: string]: string } = {
  restartOn: "restart type",
  backoff: "delay",
  lifetimeCap: "limit",
  crashBudget: "limit",
  slidingWindow: "limit",
};

type Reader = (part: Part, draft: Draft, place: string) => void;

const READERS: { readonly [kind: string]: Reader } = {
  restartOn({ options }, { settings }) {
    settings.restart = TYPES[options.type as string] ?? "always";
    if (options.type === "transient") settings.restartForceExitStatus = CLEAN_SIGNALS;
  },

  backoff(part, { settings, report }, place) {
    const delays = delaysOf(part);
    settings.restartMs = delays.firstMs;
    for (const option of delays.others) {
      report.push(changed(`${place}.${option}`, "systemd's delay has no such thing"));
    }
    if (part.afterDelay) report.push(changed(place, "the delay comes before the limit"));
    if (delays.factor === 1) return;
    const steps = Math.log(delays.capMs / delays.firstMs) / Math.log(delays.factor);
    settings.restartSteps = Math.max(1, Math.round(steps));
    settings.restartMaxDelayMs = delays.capMs;
    const never = "a delay that grows forgets nothing in systemd, however healthy the child is";
    report.push(changed(`${place}.factor`, never));
  },

  lifetimeCap({ options }, { settings }) {
    const restarts = Number(options.restarts);
    if (restarts >= Number.MAX_SAFE_INTEGER - 1) return;
    settings.startLimitIntervalMs = null;
    settings.startLimitBurst = restarts + 1;
  },

  crashBudget(part, { settings, report }, place) {
    const { retries, windowMs, retryDelayMs, counts, edge, onHealthy } = part.options;
    const say = (option: string, message: string) =>
      report.push(changed(`${place}.${option}`, message));
    if (counts !== "launches") say("counts", "systemd counts starts");
    if (onHealthy !== "ignore") say("onHealthy", "only time ends a window of systemd");
    if (retryDelayMs !== 0) {
      settings.restartMs = Number(retryDelayMs);
      say(
        "retryDelayMs",
        "systemd counts a start once the delay is over: use inTurn(backoff, ...)",
      );
    }
    // A half-open window is a closed one that is a millisecond shorter; one of 0 ms limits nothing.
    const closedMs = Number(windowMs) - (edge === "half-open" ? 1 : 0);
    if (closedMs === 0) say("windowMs", "systemd takes a window of 0 for no limit");
    limit(part, { settings, report }, place, Math.max(0, closedMs), Number(retries) + 1);
  },

  slidingWindow(part, draft, place) {
    const { limit: most, windowMs } = part.options;
    const fixed = "systemd's window is fixed, so that twice as many may follow each other";
    draft.report.push(changed(place, fixed));
    limit(part, draft, place, Number(windowMs), Number(most));
  },
};

function limit(part: Part, draft: Draft, place: string, windowMs: number, burst: number): void {
  const { settings, report } = draft;
  settings.startLimitIntervalMs = windowMs;
  settings.startLimitBurst = burst;
  if (windowMs === 0) return;
  if (!part.final) {
    report.push(
      changed(place, "it waits for its window to end, and systemd gives up: giveUp(...)"),
    );
  }
  if (!part.afterDelay && settings.restartMs !== 0) {
    report.push(changed(place, "systemd asks it once the delay is over: inTurn(delay, limit)"));
  }
}
