// The settings of a unit that decide about its restarts and its stop: the options of the preset `systemd`.

import type { Json } from "@steadfast/policy";
import type { ServiceStop } from "../service.js";
import { NO_STOP_SIGNAL, requestOf } from "../signal-of.js";
import { statusOf } from "./statuses.js";
import { timespanMs } from "./timespan.js";
import type { Say, UnitSettings } from "./unit-settings.js";

type Options = { [option: string]: Json };

const NO_SPAN = "no time span; the default holds";
const RESTARTS = "no always on-success on-failure on-abnormal on-abort on-watchdog".split(" ");
const LISTS = {
  SuccessExitStatus: "successExitStatus",
  RestartPreventExitStatus: "restartPreventExitStatus",
  RestartForceExitStatus: "restartForceExitStatus",
};

/** Milliseconds for JSON: null for infinity. Null is also handed on for what systemd reads as infinity. */
const orForever = (ms: number): number | null => (Number.isFinite(ms) ? ms : null);

/** Whole milliseconds, rounded up: what is less than one is not nothing. */
function whole(ms: number, say: Say): number | null {
  if (!Number.isFinite(ms) || Number.isInteger(ms)) return orForever(ms);
  say.changed(`rounded up to ${Math.ceil(ms)} ms`);
  return Math.ceil(ms);
}

function withSpan(value: string, say: Say, take: (ms: number) => void): void {
  const ms = timespanMs(value);
  if (ms === null) return say.dropped(NO_SPAN);
  take(ms);
}

function withCount(value: string, say: Say, take: (count: number) => void): void {
  if (!/^\d{1,15}$/.test(value)) return say.dropped("no whole number; the default holds");
  take(Number(value));
}

/** The options that a unit gives; what it leaves out is the preset's default, which is systemd's. */
export function restartOptions(unit: UnitSettings): { readonly [option: string]: Json } {
  const options: Options = {};
  unit.last("Restart", (value, say) => {
    if (RESTARTS.includes(value)) options.restart = value;
    else say.dropped(`must be one of ${RESTARTS.join(", ")}; the default holds`);
  });
  unit.last("RestartSec", (value, say) =>
    withSpan(value, say, (ms) => {
      options.restartMs = orForever(ms);
    }),
  );
  unit.last("RestartSteps", (value, say) =>
    withCount(value, say, (count) => {
      options.restartSteps = count;
    }),
  );
  unit.last("RestartMaxDelaySec", (value, say) =>
    withSpan(value, say, (ms) => {
      options.restartMaxDelayMs = orForever(ms);
    }),
  );
  for (const key of ["StartLimitInterval", "StartLimitIntervalSec"]) {
    unit.last(key, (value, say) =>
      withSpan(value, say, (ms) => {
        options.startLimitIntervalMs = whole(ms, say);
      }),
    );
  }
  unit.last("StartLimitBurst", (value, say) =>
    withCount(value, say, (count) => {
      options.startLimitBurst = count;
    }),
  );
  for (const [key, option] of Object.entries(LISTS)) readStatuses(unit, key, option, options);
  return options;
}

function readStatuses(unit: UnitSettings, key: string, option: string, options: Options): void {
  const all: (number | string)[] = [];
  unit.each(key, (value, say) => {
    for (const word of value.split(/\s+/)) {
      const status = statusOf(word);
      if (status === null) say.dropped(`${word} is no exit code and no signal`);
      else all.push(status);
    }
  });
  if (all.length > 0) options[option] = all;
}

/** How the unit is stopped. The grace period is an option of the preset, where one is given. */
export function stopOptions(unit: UnitSettings, options: Options): ServiceStop | null {
  const stop: { -readonly [Key in keyof ServiceStop]: ServiceStop[Key] } = {};
  // 0 is infinity here; of the two that are given last, the more special one is read last.
  for (const key of ["TimeoutSec", "TimeoutStopSec"]) {
    unit.last(key, (value, say) =>
      withSpan(value, say, (ms) => {
        options.gracePeriodMs = whole(ms || Number.POSITIVE_INFINITY, say);
      }),
    );
  }
  unit.last("SendSIGKILL", (value, say) => {
    if (/^(no|false|off|0|n|f)$/i.test(value)) options.gracePeriodMs = null;
    else if (!/^(yes|true|on|1|y|t)$/i.test(value)) say.dropped("neither yes nor no; yes holds");
  });
  unit.last("KillSignal", (value, say) => {
    const signal = requestOf(value);
    if (signal === null) return say.dropped(NO_STOP_SIGNAL);
    stop.signal = signal;
  });
  unit.last("KillMode", (value, say) => {
    if (value === "mixed" || value === "process") stop.killScope = value;
    else if (value !== "control-group") say.dropped("the group gets the signals");
  });
  return Object.keys(stop).length > 0 ? stop : null;
}
