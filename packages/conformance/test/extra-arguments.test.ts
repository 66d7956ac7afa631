// JavaScript drops what stands behind the last argument. Here no function drops a policy, a preset or
// options: the tables have every function of the packages that a program calls by itself, and whatever is
// in neither table fails until it is put into one.

import * as analysis from "@steadfast/analysis";
import * as backoff from "@steadfast/backoff";
import * as bridges from "@steadfast/bridges";
import * as bullmq from "@steadfast/bridges/bullmq";
import * as cockatiel from "@steadfast/bridges/cockatiel";
import * as compose from "@steadfast/bridges/compose";
import * as effect from "@steadfast/bridges/effect";
import * as graphile from "@steadfast/bridges/graphile-worker";
import * as kubernetes from "@steadfast/bridges/kubernetes";
import * as opentelemetry from "@steadfast/bridges/opentelemetry";
import * as pRetry from "@steadfast/bridges/p-retry";
import * as pgBoss from "@steadfast/bridges/pg-boss";
import * as pino from "@steadfast/bridges/pino";
import * as pm2 from "@steadfast/bridges/pm2";
import * as processCompose from "@steadfast/bridges/process-compose";
import * as services from "@steadfast/bridges/processes";
import * as procfile from "@steadfast/bridges/procfile";
import * as prometheus from "@steadfast/bridges/prometheus";
import * as restate from "@steadfast/bridges/restate";
import * as rxjs from "@steadfast/bridges/rxjs";
import * as supervisord from "@steadfast/bridges/supervisord";
import * as systemd from "@steadfast/bridges/systemd";
import * as temporal from "@steadfast/bridges/temporal";
import * as processes from "@steadfast/child-process";
import * as slot from "@steadfast/child-slot";
import * as crashBudget from "@steadfast/crash-budget";
import * as laws from "@steadfast/laws";
import * as museum from "@steadfast/laws/museum";
import * as policy from "@steadfast/policy";
import * as presets from "@steadfast/presets";
import * as otp from "@steadfast/presets/otp-supervisor";
import * as tasks from "@steadfast/promise-tasks";
import * as window from "@steadfast/sliding-window";
import * as spec from "@steadfast/spec";
import * as stores from "@steadfast/stores";
import * as memory from "@steadfast/stores/memory";
import * as postgres from "@steadfast/stores/postgres";
import * as redis from "@steadfast/stores/redis";
import * as storeTests from "@steadfast/stores/testing";
import * as supervision from "@steadfast/supervision";
import * as tree from "@steadfast/supervision/tree";
import * as supervisor from "@steadfast/supervisor";
import * as logs from "@steadfast/supervisor/console";
import * as node from "@steadfast/supervisor/node";
import * as testing from "@steadfast/supervisor/testing";
import * as trees from "@steadfast/supervisor/tree";
import * as threads from "@steadfast/worker-threads";
import * as pools from "@steadfast/worker-threads/pool";
import { describe, expect, it } from "vitest";

type Loose = (...given: readonly unknown[]) => unknown;

/** How many arguments each takes. */
const TAKES: readonly [object, Readonly<Record<string, number>>][] = [
  [
    policy,
    {
      giveUp: 1,
      waitOut: 1,
      when: 2,
      coarse: 2,
      keyed: 2,
      cell: 2,
      replay: 2,
      changedMembers: 2,
      restartOn: 1,
      giveUpOn: 1,
      stopWhen: 1,
      lifetimeCap: 1,
      restartPolicy: 1,
      exitOf: 3,
    },
  ],
  [window, { slidingWindow: 1, pausingWindow: 1, windowView: 3 }],
  [
    backoff,
    {
      backoff: 1,
      constant: 1,
      decorrelated: 1,
      exponential: 1,
      linear: 1,
      proportional: 1,
      steps: 1,
      table: 1,
    },
  ],
  [crashBudget, { crashBudget: 1, decayingBudget: 1 }],
  [presets, Object.fromEntries(Object.keys(presets).map((name) => [name, 1]))],
  [otp, { otpSupervisor: 1 }],
  [
    spec,
    { durationFrom: 1, durationText: 1, keyedFrom: 1, policyFrom: 1, presetFrom: 1, toJson: 1 },
  ],
  [slot, {}],
  [supervision, { supervision: 1 }],
  [tree, { supervisionTree: 1 }],
  [supervisor, { supervise: 3, sharedBudget: 2, httpCheck: 2 }],
  [trees, { superviseTree: 3, treeLauncher: 3 }],
  [logs, { logEvents: 1 }],
  [node, { suspendAwareSystem: 1, tcpCheck: 2, untilSignals: 1 }],
  [testing, { manualSystem: 1, scriptedLauncher: 2, launcherCases: 1 }],
  [
    processes,
    {
      spawnLauncher: 3,
      forkLauncher: 3,
      processLauncher: 2,
      sharedPort: 2,
      memoryCheck: 2,
      stopPlan: 1,
    },
  ],
  [threads, { workerLauncher: 2 }],
  [pools, { workerPool: 3 }],
  [tasks, { retry: 3, retryable: 3, retryPolicy: 1 }],
  [
    analysis,
    {
      diff: 3,
      diffTable: 2,
      explain: 4,
      outlook: 4,
      simulate: 3,
      lint: 2,
      simulateTree: 2,
      timeline: 2,
      fixed: 1,
      uniform: 2,
      exponential: 1,
      oneOf: 1,
      mostInWindow: 2,
    },
  ],
  [
    laws,
    {
      checkAllOf: 2,
      checkCoarse: 2,
      checkGiveUp: 2,
      checkInTurn: 2,
      checkKeyed: 2,
      checkWaitOut: 2,
      checkWhen: 2,
      checkPolicy: 2,
      policyReport: 2,
      policyLaws: 2,
      matchesOracle: 3,
      checkSlot: 2,
      slotReport: 2,
      slotLaws: 2,
      checkTree: 2,
      treeReport: 2,
      treeLaws: 2,
      checkLauncher: 2,
      launcherReport: 2,
      launcherLaws: 2,
      exploreSupervision: 2,
    },
  ],
  [museum, { examine: 2, gradeTests: 3 }],
  [bridges, {}],
  [bullmq, { backoffStrategy: 2 }],
  [cockatiel, { backoffBy: 2, breakerPolicy: 2, curveOf: 1 }],
  [compose, { fromCompose: 2, toDockerCompose: 2 }],
  [effect, { scheduleBy: 3 }],
  [graphile, { exitLimit: 2, taskUnder: 3 }],
  [kubernetes, { toKubernetes: 2 }],
  [opentelemetry, { openTelemetryEvents: 2 }],
  [pRetry, { pRetryOptions: 2 }],
  [pgBoss, { handlerUnder: 4 }],
  [pino, { pinoEvents: 2 }],
  [services, { treeOf: 2 }],
  [prometheus, { prometheusEvents: 2 }],
  [restate, { policyObject: 3, restatePolicy: 4, runUnder: 6 }],
  [rxjs, { retryBy: 3 }],
  [pm2, { fromEcosystem: 2 }],
  [processCompose, { fromProcessCompose: 2 }],
  [procfile, { fromProcfile: 2 }],
  [supervisord, { fromSupervisord: 2 }],
  [systemd, { fromUnit: 2, toSystemd: 2 }],
  [temporal, { activityUnder: 4, toTemporal: 2 }],
  [stores, { sharedPolicy: 4 }],
  [memory, { memoryStore: 1 }],
  [postgres, { postgresStore: 1 }],
  [redis, { redisStore: 1 }],
  [storeTests, { storeCases: 1 }],
];

/** What takes any number, what refuses by words of its own, and what is part of a bridge and not of a program. */
const OTHERS: readonly string[] = [
  "joined",
  "shellWords",
  "allOf",
  "childSlot",
  "inTurn",
  "exitCode",
  "taskLauncher",
  "stderrOutput",
  "drained",
  "didYouMean",
  "decisionFault",
  "stepFault",
  "ignoreRejection",
  "errorRecord",
  "eventFault",
  "exitRecord",
  "isDone",
  "sameDecision",
  "isFailure",
  "isGoodOutcome",
  "isRemotePolicy",
  "journalEntry",
  "launch",
  "observeTrace",
  "probeSettings",
  "processExit",
  "readArguments",
  "readOptions",
  "readPolicy",
  "readState",
  "refuse",
  "refusedBy",
  "registerLaws",
  "steadyClock",
  "subdraw",
  "supervisionOf",
  "supervisionSettings",
  "supervisionTreeOf",
  "treeStatus",
  "virtualLauncher",
  "virtualRuntime",
  "within",
  "workerExit",
  "checkSystem",
];

const calls = TAKES.flatMap(([from, names]) =>
  Object.entries(names).map(([name, takes]) => [name, takes, from] as const),
);

describe.each(calls)("%s", (name, takes, from) => {
  const call = (from as Readonly<Record<string, Loose>>)[name] as Loose;
  it.each([
    ["a policy", policy.restartOn("transient")],
    ["a preset", presets.docker()],
    ["options", { limit: 3, windowMs: 1_000 }],
  ])(`takes ${takes}, and refuses %s behind them`, async (_, extra) => {
    const given = Array.from({ length: takes }, () => undefined);
    // In an async function, so that it is the same whether it throws or rejects.
    const calling = async () => await call(...given, extra);
    await expect(calling()).rejects.toMatchObject({
      code: "ERR_POLICY_OPTIONS",
      option: `arguments[${takes}]`,
      message: expect.stringContaining(`${name}: arguments[${takes}] must be left out: it takes `),
    });
  });
});

it.each(TAKES)("no function is in neither table: %#", (from, names) => {
  const isClass = (value: unknown) => /^class\b/.test(String(value));
  const functions = Object.entries(from).filter(
    ([, value]) => typeof value === "function" && !isClass(value),
  );
  const unknown = functions.map(([name]) => name).filter((name) => !(name in names));
  expect(
    unknown.filter((name) => !OTHERS.includes(name) && !/^is[A-Z]\w*Error$/.test(name)),
  ).toEqual([]);
});
