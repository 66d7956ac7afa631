// What JavaScript users write by mistake, at every door: it is refused at once, by name. The compiler sees most
// of it, so everything is called here as one without a compiler calls it.

import * as analysisModule from "@steadfast/analysis";
import * as backoffModule from "@steadfast/backoff";
import * as bullmqModule from "@steadfast/bridges/bullmq";
import * as bridgeCockatielModule from "@steadfast/bridges/cockatiel";
import * as bridgeComposeModule from "@steadfast/bridges/compose";
import * as bridgeEffectModule from "@steadfast/bridges/effect";
import * as graphileModule from "@steadfast/bridges/graphile-worker";
import * as bridgeKubernetesModule from "@steadfast/bridges/kubernetes";
import * as bridgeOpentelemetryModule from "@steadfast/bridges/opentelemetry";
import * as pRetryModule from "@steadfast/bridges/p-retry";
import * as bridgePgBossModule from "@steadfast/bridges/pg-boss";
import * as bridgePinoModule from "@steadfast/bridges/pino";
import * as bridgePm2Module from "@steadfast/bridges/pm2";
import * as bridgeProcessComposeModule from "@steadfast/bridges/process-compose";
import * as bridgeProcessesModule from "@steadfast/bridges/processes";
import * as bridgeProcfileModule from "@steadfast/bridges/procfile";
import * as bridgePrometheusModule from "@steadfast/bridges/prometheus";
import * as restateModule from "@steadfast/bridges/restate";
import * as bridgeRxjsModule from "@steadfast/bridges/rxjs";
import * as bridgeSupervisordModule from "@steadfast/bridges/supervisord";
import * as bridgeSystemdModule from "@steadfast/bridges/systemd";
import * as temporalModule from "@steadfast/bridges/temporal";
import * as processesModule from "@steadfast/child-process";
import * as slotModule from "@steadfast/child-slot";
import * as crashBudgetModule from "@steadfast/crash-budget";
import * as lawsModule from "@steadfast/laws";
import * as policyModule from "@steadfast/policy";
import * as presetsModule from "@steadfast/presets";
import * as tasksModule from "@steadfast/promise-tasks";
import * as windowModule from "@steadfast/sliding-window";
import * as specModule from "@steadfast/spec";
import * as storesModule from "@steadfast/stores";
import * as memoryModule from "@steadfast/stores/memory";
import * as postgresModule from "@steadfast/stores/postgres";
import * as redisModule from "@steadfast/stores/redis";
import * as supervisionModule from "@steadfast/supervision";
import * as supervisorModule from "@steadfast/supervisor";
import * as logsModule from "@steadfast/supervisor/console";
import * as nodeModule from "@steadfast/supervisor/node";
import * as testingModule from "@steadfast/supervisor/testing";
import * as treesModule from "@steadfast/supervisor/tree";
import * as threadsModule from "@steadfast/worker-threads";
import { expect, it } from "vitest";

type Loose = (...given: readonly unknown[]) => unknown;
type AsCalled<Module> = {
  readonly [Name in keyof Module]: Module[Name] extends (...given: never[]) => unknown
    ? Loose
    : Module[Name];
};
const asCalled = <Module>(module: Module) => module as AsCalled<Module>;

const analysis = asCalled(analysisModule);
const backoff = asCalled(backoffModule);
const bullmq = asCalled(bullmqModule);
const bridgeCockatiel = asCalled(bridgeCockatielModule);
const bridgeCompose = asCalled(bridgeComposeModule);
const bridgeEffect = asCalled(bridgeEffectModule);
const bridgeKubernetes = asCalled(bridgeKubernetesModule);
const bridgeOpentelemetry = asCalled(bridgeOpentelemetryModule);
const bridgePgBoss = asCalled(bridgePgBossModule);
const bridgePino = asCalled(bridgePinoModule);
const bridgePm2 = asCalled(bridgePm2Module);
const bridgeProcessCompose = asCalled(bridgeProcessComposeModule);
const bridgeProcesses = asCalled(bridgeProcessesModule);
const bridgeProcfile = asCalled(bridgeProcfileModule);
const bridgePrometheus = asCalled(bridgePrometheusModule);
const bridgeRxjs = asCalled(bridgeRxjsModule);
const bridgeSupervisord = asCalled(bridgeSupervisordModule);
const bridgeSystemd = asCalled(bridgeSystemdModule);
const graphile = asCalled(graphileModule);
const pRetry = asCalled(pRetryModule);
const restate = asCalled(restateModule);
const temporal = asCalled(temporalModule);
const stores = asCalled(storesModule);
const memory = asCalled(memoryModule);
const postgres = asCalled(postgresModule);
const redis = asCalled(redisModule);
const processes = asCalled(processesModule);
const slot = asCalled(slotModule);
const crashBudget = asCalled(crashBudgetModule);
const laws = asCalled(lawsModule);
const policy = asCalled(policyModule);
const presets = asCalled(presetsModule);
const tasks = asCalled(tasksModule);
const window = asCalled(windowModule);
const spec = asCalled(specModule);
const supervision = asCalled(supervisionModule);
const supervisor = asCalled(supervisorModule);
const logs = asCalled(logsModule);
const node = asCalled(nodeModule);
const testing = asCalled(testingModule);
const trees = asCalled(treesModule);
const threads = asCalled(threadsModule);

const p = policyModule.restartOn("permanent");
const l = { launch: () => ({ exited: new Promise(() => {}), requestStop() {}, kill() {} }) };
const sdk = { TerminalError: RangeError };
const service = { id: "web", command: "web", policy: "always" };
const sys = () => testing.manualSystem();
const sup = (options: unknown) => supervisor.supervise(l, options, sys());
const c = (of: unknown = p) =>
  policy.cell(of, { clock: () => 0, random: () => 0 }) as { failed: Loose; send: Loose };

const MISTAKES: readonly [message: string, call: () => unknown][] = [
  [
    'untilSignals: names must be a list of one signal name or more, such as ["SIGINT", "SIGTERM"]',
    () => node.untilSignals([]),
  ],
  [
    'untilSignals: names must be a list of one signal name or more, such as ["SIGINT", "SIGTERM"]',
    () => node.untilSignals("SIGINT"),
  ],
  [
    "untilSignals: names must be signals of this system, such as SIGINT, SIGTERM",
    () => node.untilSignals(["SIGNIT"]),
  ],
  ["untilSignals: names must be signals that can be caught", () => node.untilSignals(["SIGKILL"])],
  [
    'untilSignals: names must be a list of one signal name or more, such as ["SIGINT", "SIGTERM"]',
    () => node.untilSignals(),
  ],
  ["table: delaysMs must be an array of at least one delay", () => backoff.table([])],
  ["steps: initialMs must be a finite number from 0 to 9007199254740991", () => backoff.steps({})],
  [
    "docker: restart must be no, always, unless-stopped, on-failure or on-failure:N",
    () => presets.docker({ restart: [] }),
  ],
  [
    "supervisord: unknown option exitcodes (did you mean exitCodes?)",
    () => presets.supervisord({ exitcodes: [] }),
  ],
  ["retry: retryOn must be a function", () => tasks.retry(async () => 1, { retryOn: [] })],
  [
    "retry: attempts must be given, or a policy, or deadlineMs (Infinity for no end)",
    () => tasks.retry(async () => 1, {}),
  ],
  [
    "retry: attempts must be a whole number from 1 to 2^53-1, or Infinity",
    () => tasks.retry(async () => 1, { attempts: 0 }),
  ],
  [
    "retry: unknown option retries (did you mean retryOn?)",
    () => tasks.retry(async () => 1, { retries: -1 }),
  ],
  [
    "retry: unknown option retries (did you mean retryOn?)",
    () => tasks.retry(async () => 1, { retries: 1, policy: p }),
  ],
  [
    "retry: unknown option delaysMs (did you mean delayFrom?)",
    () => tasks.retry(async () => 1, { delaysMs: [] }),
  ],
  [
    "retry: unknown option isFailure (did you mean onFailure?)",
    () => tasks.retry(async () => 1, presets.docker()),
  ],
  ["retry: unknown option name", () => tasks.retry(async () => 1, p)],
  ["retry: task must be a function", () => tasks.retry(Promise.resolve(1), { retries: 1 })],
  ["superviseTree: spec must be an object", () => trees.superviseTree([], {}, sys())],
  [
    "superviseTree: children[0]: launcher must be an object with launch(), or a function from a path",
    () => trees.superviseTree({ children: [{ id: "a" }] }, {}, sys()),
  ],
  [
    "superviseTree.children[1]: id must be unlike every other id and kind",
    () =>
      trees.superviseTree(
        {
          children: [
            { id: "a", launcher: l },
            { id: "a", launcher: l },
          ],
        },
        {},
        sys(),
      ),
  ],
  [
    "superviseTree.children[0]: after[0] must be the id of a child of the list",
    () => trees.superviseTree({ children: [{ id: "a", launcher: l, after: ["b"] }] }, {}, sys()),
  ],
  [
    "superviseTree: strategy must be one of one-for-one, one-for-all, rest-for-one",
    () => trees.superviseTree({ strategy: "one_for_one", children: [] }, {}, sys()),
  ],
  [
    "superviseTree.children[0]: policy must be a restart policy",
    () =>
      trees.superviseTree(
        { children: [{ id: "a", launcher: l, policy: presets.docker() }] },
        {},
        sys(),
      ),
  ],
  [
    "superviseTree: budget must be a restart policy",
    () =>
      trees.superviseTree(
        { budget: presets.docker(), children: [{ id: "a", launcher: l }] },
        {},
        sys(),
      ),
  ],
  [
    "spawnLauncher: args must be an array of strings, or a function that returns one",
    () => processes.spawnLauncher("node", "server.js"),
  ],
  [
    "spawnLauncher: args must be an array of strings, or a function that returns one",
    () => processes.spawnLauncher("node", { cwd: "/" }),
  ],
  [
    "spawnLauncher: unknown option stopSteps",
    () => processes.spawnLauncher("node", [], { stopSteps: [] }),
  ],
  [
    "spawnLauncher: unknown option policy",
    () => processes.spawnLauncher("node", [], { policy: p }),
  ],
  [
    "spawnLauncher: unknown option gracePeriodMs",
    () => processes.spawnLauncher("node", [], { gracePeriodMs: 5 }),
  ],
  [
    "forkLauncher: args must be an array of strings, or a function that returns one",
    () => processes.forkLauncher("a.js", { cwd: "/" }),
  ],
  ["processLauncher: factory must be a function", () => processes.processLauncher({ pid: 5 })],
  [
    "processLauncher: factory must be a function",
    () => processes.processLauncher(Promise.resolve()),
  ],
  [
    "workerLauncher: entry must be a function that returns a new Worker, a URL of file: or data:, an",
    () => threads.workerLauncher(),
  ],
  [
    "workerLauncher: entry must be a function that returns a new Worker, a URL of file: or data:, an",
    () => threads.workerLauncher(""),
  ],
  [
    "workerLauncher: workerdata must be left out (did you mean workerData?)",
    () => threads.workerLauncher("./a.js", { workerdata: 5 }),
  ],
  ["taskLauncher: task must be a function", () => tasks.taskLauncher(Promise.resolve())],
  [
    "taskLauncher: unknown option timeoutMs (a task is the only argument; limits and restarts are op",
    () => tasks.taskLauncher(async () => 1, { timeoutMs: 1 }),
  ],
  ["memoryCheck: maxBytes must be whole, from 1 to 2^53-1", () => processes.memoryCheck(0)],
  ["memoryCheck: maxBytes must be whole, from 1 to 2^53-1", () => processes.memoryCheck("1g")],
  ["tcpCheck: port must be whole, from 1 to 65535, or a function", () => node.tcpCheck("80")],
  ["tcpCheck: host must be a text", () => node.tcpCheck(80, "")],
  ["tcpCheck: host must be a text", () => node.tcpCheck(80, 5)],
  [
    "httpCheck: url must be a URL of http: or https:, or a function",
    () => supervisor.httpCheck(""),
  ],
  [
    "httpCheck: status must be a status, a list of one or more, or a function",
    () => supervisor.httpCheck("http://x/", { status: [] }),
  ],
  [
    "httpCheck: url must be a URL of http: or https:, or a function",
    () => supervisor.httpCheck(80),
  ],
  [
    "logEvents: unknown option wirte (did you mean write?)",
    () => logs.logEvents({ wirte: () => {} }),
  ],
  ["logEvents: format must be one of text, json", () => logs.logEvents({ format: "jsn" })],
  ["supervise: launcher must be an object with launch()", () => supervisor.supervise()],
  ["supervise: options must be an object", () => supervisor.supervise(l)],
  ["supervise: policy must be a restart policy", () => sup(p)],
  ["supervise: policy must be a restart policy", () => sup({ policy: presets.docker() })],
  ["supervise: policy must be a restart policy", () => sup({ policy: [p] })],
  ["supervise: policy must be a restart policy", () => sup({ policy: policy.restartOn })],
  ["supervise: policy must be a restart policy", () => sup({ policy: Promise.resolve(p) })],
  [
    "supervise: unknown option gracePeriod (did you mean gracePeriodMs?)",
    () => sup({ policy: p, gracePeriod: 5 }),
  ],
  [
    "supervise: gracePeriodMs must be a whole number from 0 to 9007199254740991",
    () => sup({ policy: p, gracePeriodMs: "5s" }),
  ],
  [
    "supervise: signal must be an AbortSignal",
    () => sup({ policy: p, signal: new AbortController() }),
  ],
  ["supervise: onEvent must be a function", () => sup({ policy: p, onEvent: {} })],
  [
    'supervise: readyTimeoutMs must be left out unless readiness is "explicit"',
    () => sup({ policy: p, readyTimeoutMs: 1000 }),
  ],
  [
    "supervise: readiness must be one of immediate, explicit",
    () => sup({ policy: p, readiness: true }),
  ],
  ["supervise: isFailure must be a function", () => sup({ policy: p, isFailure: true })],
  ["supervise: policy must be a restart policy", () => sup({ policy: "always" })],
  ["supervise: id must be a text, not blank", () => sup({ policy: p, id: 5 })],
  [
    "supervise: launcher must be an object with launch()",
    () => supervisor.supervise({ policy: p }, l),
  ],
  [
    "supervise: launcher must be an object with launch()",
    () => supervisor.supervise(() => {}, { policy: p }),
  ],
  [
    "supervise: system must be an object with clock(), random() and timers { set(), clear() }",
    () => supervisor.supervise(l, { policy: p }, { gracePeriodMs: 5 }),
  ],
  [
    "supervise: system must be an object with clock(), random() and timers { set(), clear() }",
    () => supervisor.supervise(l, { gracePeriodMs: 5 }, p),
  ],
  [
    "supervise: system must be an object with clock(), random() and timers { set(), clear() }",
    () => supervisor.supervise(l, p, { gracePeriodMs: 5 }),
  ],
  ["state.slot must be an object", () => sup({ policy: p, snapshot: {} })],
  ["state must be an object", () => sup({ policy: p, snapshot: "{}" })],
  ["supervise.probe: check must be a function", () => sup({ policy: p, probe: [] })],
  ["supervise.probe: check must be a function", () => sup({ policy: p, probe: () => true })],
  ["supervise.recycle: ageMs must be given, or uses", () => sup({ policy: p, recycle: {} })],
  [
    "supervise: shared must be a budget of the same system, whose clock it counts with",
    () => sup({ policy: p, shared: [] }),
  ],
  ["supervise: shared must be what sharedBudget() made", () => sup({ policy: p, shared: p })],
  ["supervise: unknown option stop", () => sup({ policy: p, stop: [] })],
  ["supervise: unknown option stopSteps", () => sup({ policy: p, stopSteps: [] })],
  [
    "supervise: standby must be 0 or left out: this launcher cannot prepare() one",
    () => sup({ policy: p, standby: 1 }),
  ],
  ["cell: policy must be a restart policy", () => policy.cell()],
  ["cell: options must be an object", () => policy.cell(p)],
  [
    "cell: policy must be a restart policy",
    () => policy.cell(presets.docker(), { clock: () => 0, random: () => 0 }),
  ],
  [
    "cell: clock must be a function that answers milliseconds",
    () => policy.cell(p, { clock: 5, random: () => 0 }),
  ],
  [
    "cell.failed: exit.kind must be a kind of exit, as exitOf(code, signal, error) makes one: comple",
    () => c().failed(new Error("x"), { uptimeMs: 0 }),
  ],
  [
    "cell.failed: exit must be an exit, as exitOf(code, signal, error) makes one",
    () => c().failed(1, { uptimeMs: 0 }),
  ],
  [
    "cell.failed: exit must be an exit, as exitOf(code, signal, error) makes one",
    () => c().failed(null, { uptimeMs: 0 }),
  ],
  [
    "cell.failed: exit must be an exit, as exitOf(code, signal, error) makes one",
    () => c().failed("SIGTERM", { uptimeMs: 0 }),
  ],
  ["cell.failed: options must be an object", () => c().failed(policy.exitOf(1))],
  ["cell.failed: options must be an object", () => c().failed(policy.exitOf(1), 5)],
  [
    "cell.failed: unknown option key",
    () => c().failed(policy.exitOf(1), { uptimeMs: 0, key: "a" }),
  ],
  [
    "cell.failed: key must be a string",
    () => c(policy.keyed(p, { maxKeys: 2 })).failed(policy.exitOf(1), { uptimeMs: 0 }),
  ],
  ["cell: event must be an object", () => c().send("launch")],
  [
    "cell: event.type must be one of exited, healthy, reset, launch",
    () => c().send({ type: "restart" }),
  ],
  ["exitOf: code must be a whole number or null", () => policy.exitOf(new Error("x"))],
  ["exitOf: code must be a whole number or null", () => policy.exitOf("1")],
  ["exitOf: signal must be the name of a signal or null", () => policy.exitOf(null, 9)],
  ["exitOf: signal must be the name of a signal or null", () => policy.exitOf(null, "")],
  ["exitOf: code must be a whole number or null", () => policy.exitOf({ code: 1 })],
  ["exitOf: code must be a whole number or null", () => policy.exitOf("SIGTERM")],
  ["keyed: policy must be a restart policy", () => policy.keyed({ maxKeys: 5 }, p)],
  ["keyed: options must be an object", () => policy.keyed(p)],
  ["keyed: options must be an object", () => policy.keyed(p, 5)],
  ["coarse: policy must be a restart policy", () => policy.coarse(1000, p)],
  ["coarse: unitMs must be a whole number from 1 to 9007199254740991", () => policy.coarse(p)],
  [
    "coarse: unitMs must be a whole number from 1 to 9007199254740991",
    () => policy.coarse(p, { unitMs: 5 }),
  ],
  ["coarse: unitMs must be a whole number from 1 to 9007199254740991", () => policy.coarse(p, 0)],
  ["when: predicate must be a function", () => policy.when(p, () => true)],
  ["when: predicate must be a function", () => policy.when("failed", p)],
  ["when: predicate must be a function", () => policy.when({ kind: "failed" }, p)],
  ["giveUp: policy must be a restart policy", () => policy.giveUp({ limit: 3 })],
  ["giveUp: policy must be a restart policy", () => policy.giveUp(3)],
  ["giveUp: policy must be a restart policy", () => policy.giveUp()],
  ["giveUpOn: predicate must be a function", () => policy.giveUpOn(["ENOENT"])],
  ["stopWhen: predicate must be a function", () => policy.stopWhen(true)],
  ["lifetimeCap: options must be an object", () => policy.lifetimeCap(3)],
  [
    "lifetimeCap: restarts must be a whole number from 0 to 9007199254740991",
    () => policy.lifetimeCap({ max: 3 }),
  ],
  [
    "lifetimeCap: restarts must be a whole number from 0 to 9007199254740991",
    () => policy.lifetimeCap({ restart: 3 }),
  ],
  [
    "restartOn: type must be one of permanent, transient, temporary",
    () => policy.restartOn({ type: "transient" }),
  ],
  ["allOf: members[1] must be a restart policy", () => policy.allOf(p, undefined)],
  ["inTurn: members[0] must be a restart policy", () => policy.inTurn([p, p])],
  ["replay: policy must be a restart policy", () => policy.replay(p, [])],
  ["changedMembers: policy must be a restart policy", () => policy.changedMembers({}, null)],
  ["changedMembers: policy must be a restart policy", () => policy.changedMembers(null, p)],
  [
    "steadyClock: clock must be a function that answers a number of milliseconds within 2^53-1",
    () => policy.steadyClock(5),
  ],
  ["slidingWindow: arguments[1] must be left out: it takes 1", () => window.slidingWindow(3, 1000)],
  [
    "slidingWindow: windowMs must be a whole number from 0 to 9007199254740991",
    () => window.slidingWindow({ limit: 3, window: 1000 }),
  ],
  [
    "slidingWindow: windowMs must be a whole number from 0 to 9007199254740991",
    () => window.slidingWindow({ limit: 3, windowMs: "10m" }),
  ],
  [
    "slidingWindow: limit must be a whole number from 0 to 9007199254740991",
    () => window.slidingWindow({ max: 3, windowMs: 1000 }),
  ],
  [
    "pausingWindow: pauseMs must be a whole number from 0 to 9007199254740991",
    () => window.pausingWindow({ limit: 3, windowMs: 1000 }),
  ],
  [
    "backoff: jitter must be none, full, equal or a jitter",
    () => backoff.backoff({ jitter: true }),
  ],
  ["backoff: jitter must be none, full, equal or a jitter", () => backoff.backoff({ jitter: 0.5 })],
  ["backoff: curve must be a function", () => backoff.backoff({ curve: "exponential" })],
  ["backoff: curve must be a function", () => backoff.backoff({ curve: { delayMs: 5 } })],
  [
    "backoff: curve must be a function to numbers of at least 0",
    () => backoff.backoff({ curve: () => undefined }),
  ],
  ["backoff: unknown option maxMs (did you mean capMs?)", () => backoff.backoff({ maxMs: 5 })],
  [
    "backoff: factor must be a finite number from 1 to 1.7976931348623157e+308",
    () => backoff.backoff({ factor: 0.5 }),
  ],
  ["backoff: options must be an object", () => backoff.backoff(200)],
  ["constant: options must be an object", () => backoff.constant(5)],
  ["table: delaysMs must be an array of at least one delay", () => backoff.table(5)],
  ["table: arguments[1] must be left out: it takes 1", () => backoff.table(1, 2)],
  ["table: delaysMs[0] must be a number from 0 to 2^53-1", () => backoff.table(["1s"])],
  ["table: delaysMs[0] must be a number from 0 to 2^53-1", () => backoff.table([NaN])],
  ["proportional: options must be an object", () => backoff.proportional(0.1)],
  ["crashBudget: options must be an object", () => crashBudget.crashBudget(5)],
  [
    "crashBudget: unknown option retry (did you mean retries?)",
    () => crashBudget.crashBudget({ retry: 5 }),
  ],
  [
    "decayingBudget: unknown option halfLife (did you mean halfLifeMs?)",
    () => crashBudget.decayingBudget({ halfLife: 5 }),
  ],
  ["docker: options must be an object", () => presets.docker("always")],
  [
    "docker: restart must be no, always, unless-stopped, on-failure or on-failure:N",
    () => presets.docker({ restart: "on_failure" }),
  ],
  [
    "systemd: restart must be one of no, always, on-success, on-failure, on-abnormal, on-abort, on-w",
    () => presets.systemd({ restart: "onfailure" }),
  ],
  [
    "kubernetes: unknown option policy (did you mean restartPolicy?)",
    () => presets.kubernetes({ policy: "Always" }),
  ],
  ["nomad: unknown option attempt (did you mean attempts?)", () => presets.nomad({ attempt: 3 })],
  [
    'policy must be an object with a kind or a preset, or a short form ("10/10m", "200ms..30s", "on-',
    () => spec.policyFrom("x"),
  ],
  [
    'policy must be an object with a kind or a preset, or a short form ("10/10m", "200ms..30s", "on-',
    () => spec.policyFrom({}),
  ],
  ["policy.initial must be plain JSON", () => spec.policyFrom(p)],
  [
    'policy must be an object with a kind or a preset, or a short form ("10/10m", "200ms..30s", "on-',
    () => spec.policyFrom(JSON.stringify(spec.toJson(p))),
  ],
  [
    'policy must be an object with a kind or a preset, or a short form ("10/10m", "200ms..30s", "on-',
    () => spec.policyFrom([]),
  ],
  ["policy must be a policy that JSON can hold", () => spec.toJson(presets.docker())],
  ["policy must be a policy that JSON can hold", () => spec.toJson({})],
  ["policy.kind is unknown", () => spec.presetFrom({ kind: "backoff" })],
  [
    "policy.preset must be one of asynSupervise, caGateway, circus, docker, dockerSwarm, epicsProcse",
    () => spec.presetFrom({ preset: "dokcer" }),
  ],
  ['policy.kind must be "keyed"', () => spec.keyedFrom({})],
  ['duration must be a duration such as "500ms", "10s" or "1h30m"', () => spec.durationFrom(5)],
  ['duration must be a duration such as "500ms", "10s" or "1h30m"', () => spec.durationFrom("5")],
  ["ms must be a whole number of milliseconds from 0 to", () => spec.durationText("5s")],
  [
    "simulate: policy must be a restart policy",
    () => analysis.simulate(presets.docker(), { uptimeMs: 0, forMs: 1000 }),
  ],
  ["simulate: options must be an object", () => analysis.simulate(p)],
  [
    "simulate: unknown option uptime (did you mean uptimeMs?)",
    () => analysis.simulate(p, { uptime: 0, forMs: 1000 }),
  ],
  ["lint: policy must be a restart policy", () => analysis.lint(presets.docker())],
  ["explain: event: options must be an object", () => analysis.explain(p)],
  [
    "explain: policy must be a restart policy",
    () => analysis.explain(presets.docker(), null, { type: "launch" }, 0),
  ],
  [
    "explain: now must be a whole number from -9007199254740991 to 9007199254740991",
    () => analysis.explain(p, p.initial(), { type: "launch", cause: "restart", draw: 0, wall: 0 }),
  ],
  [
    "explain: event: type must be one of exited, healthy, reset, launch",
    () => analysis.explain(p, p.initial(), { type: "lauch" }, 0),
  ],
  ["diff: b must be a restart policy", () => analysis.diff({ policy: p })],
  ["oneOf: choices must be values, one with a weight above 0", () => analysis.oneOf([])],
  [
    "oneOf: choices must be values, one with a weight above 0",
    () => analysis.oneOf([{ weight: 0, value: 1 }]),
  ],
  [
    "uniform: highMs must be a finite number from 5 to 1.7976931348623157e+308",
    () => analysis.uniform(5, 1),
  ],
  [
    "fixed: ms must be a finite number from 0 to 1.7976931348623157e+308",
    () => analysis.fixed("5"),
  ],
  ["timeline: toMs must be a whole number from 0 to 9007199254740991", () => analysis.timeline({})],
  ["checkPolicy: policy must be a restart policy", () => laws.checkPolicy(presets.docker())],
  [
    "checkPolicy: only must be the name of a law (deterministic, made-alike, never-mutates, quiet-me",
    () => laws.checkPolicy(p, { only: "total" }),
  ],
  [
    "checkPolicy: skip must be the name of a law (deterministic, made-alike, never-mutates, quiet-me",
    () => laws.checkPolicy(p, { skip: ["total"] }),
  ],
  ["checkPolicy: unknown option run (did you mean runs?)", () => laws.checkPolicy(p, { run: 5 })],
  [
    "checkSlot: slot must be a slot, or a function that makes slots of options",
    () => laws.checkSlot({ id: "a" }, { runs: 1 }),
  ],
  [
    "checkSlot: slot must be a slot, or a function that makes slots of options",
    () => laws.checkSlot(p),
  ],
  ["supervisionTree: options must be an object", () => laws.checkTree([])],
  ["checkGiveUp: combinator must be a function", () => laws.checkGiveUp(p)],
  [
    "checkAllOf: members must be at least one policy",
    () => laws.checkAllOf(policy.allOf, { members: [] }),
  ],
  ["matchesOracle: twin must be a twin with initial() and step()", () => laws.matchesOracle(p)],
  ["matchesOracle: twin must be a twin with initial() and step()", () => laws.matchesOracle(p, {})],
  [
    "registerLaws: test must be a function that registers tests, with skip()",
    () => laws.registerLaws([], () => {}),
  ],
  [
    "checkLauncher: launcher must be a function of a virtual runtime",
    () => laws.checkLauncher({ launch() {} }),
  ],
  ["supervision: policy must be a restart policy", () => laws.exploreSupervision(presets.docker())],
  [
    "checkPolicy: regressions must be a list of { law, input }",
    () => laws.checkPolicy(p, { regressions: { law: "total" } }),
  ],
  [
    "sharedBudget: policy must be a restart policy",
    () => supervisor.sharedBudget(presets.docker()),
  ],
  ["sharedBudget: unknown option cloc", () => supervisor.sharedBudget(p, { cloc: 1 })],
  [
    "manualSystem: unknown option noww (did you mean now?)",
    () => testing.manualSystem({ noww: 5 }),
  ],
  ["manualSystem: options must be an object", () => testing.manualSystem(5)],
  [
    "scriptedLauncher: system must be an object with clock(), random() and timers { set(), clear() }",
    () => testing.scriptedLauncher([], sys()),
  ],
  ["childSlot: id must be a text, not blank", () => slot.childSlot({})],
  [
    "childSlot: unknown option gracePeriod (did you mean gracePeriodMs?)",
    () => slot.childSlot({ id: "a", gracePeriod: 1 }),
  ],
  ["supervision: policy must be a restart policy", () => supervision.supervision({})],
  [
    "supervision: policy must be a restart policy",
    () => supervision.supervision({ policy: presets.docker() }),
  ],
  ["exitCode: outcome must be what `await handle.outcome` gave", () => node.exitCode()],
  [
    "exitCode: outcome must be what `await handle.outcome` gave",
    () => node.exitCode(Promise.resolve()),
  ],
  [
    "exitCode: outcome must be what `await handle.outcome` gave",
    () => node.exitCode({ outcome: 1 }),
  ],
  [
    "suspendAwareSystem: unknown option look (did you mean lookEveryMs?)",
    () => node.suspendAwareSystem({ look: 1 }),
  ],
  ["backoffStrategy: policy must be a restart policy", () => bullmq.backoffStrategy()],
  ["backoffStrategy: policy must be a restart policy", () => bullmq.backoffStrategy(5)],
  [
    "backoffStrategy: policy.policy must be a restart policy",
    () => bullmq.backoffStrategy({ policy: 5 }),
  ],
  [
    "backoffStrategy: policy.isFailure must be a function",
    () => bullmq.backoffStrategy({ policy: p, isFailure: true }),
  ],
  [
    "backoffStrategy: clock must be a function that answers milliseconds",
    () => bullmq.backoffStrategy(p, { clock: 5 }),
  ],
  ["backoffStrategy: options must be an object", () => bullmq.backoffStrategy(p, null)],
  ["backoffStrategy: unknown option stats", () => bullmq.backoffStrategy(p, { stats: {} })],
  [
    "backoffStrategy: states.load must be a function",
    () => bullmq.backoffStrategy(p, { states: { save() {} } }),
  ],
  [
    "backoffStrategy: policy.onNotYet must be wait or end",
    () => bullmq.backoffStrategy({ policy: p, onNotYet: "ends" }),
  ],
  [
    "backoffStrategy: data must be an object, which the state is put into",
    () => {
      const strategy = bullmq.backoffStrategy(p) as Loose;
      return strategy(1, "policy", new Error("lost"), { name: "a", data: [1], updateData() {} });
    },
  ],
  ["exitLimit: options must be an object", () => graphile.exitLimit(p, null)],
  ["exitLimit: onEnd must be a function", () => graphile.exitLimit(p, { onEnd: 5 })],
  ["exitLimit: unknown option onend", () => graphile.exitLimit(p, { onend() {} })],
  ["taskUnder: task must be a function", () => graphile.taskUnder(p, 5)],
  ["taskUnder: unknown option clok", () => graphile.taskUnder(p, () => {}, { clok: 1 })],
  ["pRetryOptions: policy must be a restart policy", () => pRetry.pRetryOptions()],
  ["pRetryOptions: options must be an object", () => pRetry.pRetryOptions(p, null)],
  ["pRetryOptions: wait must be a function", () => pRetry.pRetryOptions(p, { wait: 5 })],
  [
    "pRetryOptions: signal.throwIfAborted must be a function",
    () => pRetry.pRetryOptions(p, { signal: {} }),
  ],
  ["handlerUnder: boss.send must be a function", () => bridgePgBoss.handlerUnder(p, () => {})],
  [
    "handlerUnder: policy must be a restart policy",
    () => bridgePgBoss.handlerUnder({ send() {} }, () => {}, p),
  ],
  ["handlerUnder: handler must be a function", () => bridgePgBoss.handlerUnder({ send() {} }, p)],
  ["retryBy: policy must be a restart policy", () => bridgeRxjs.retryBy()],
  ["retryBy: rxjs.defer must be a function", () => bridgeRxjs.retryBy(undefined, p)],
  ["scheduleBy: policy must be a restart policy", () => bridgeEffect.scheduleBy()],
  ["scheduleBy: modules.Cause.done must be a function", () => bridgeEffect.scheduleBy({}, p)],
  ["scheduleBy: options must be an object", () => bridgeEffect.scheduleBy({}, p, null)],
  ["backoffBy: policy must be a restart policy", () => bridgeCockatiel.backoffBy()],
  ["backoffBy: unknown option clok", () => bridgeCockatiel.backoffBy(p, { clok: 1 })],
  ["breakerPolicy: options must be an object", () => bridgeCockatiel.breakerPolicy()],
  [
    "breakerPolicy: breaker.success must be a function",
    () => bridgeCockatiel.breakerPolicy(p, { halfOpenAfterMs: 1 }),
  ],
  ["curveOf: factory.next must be a function", () => bridgeCockatiel.curveOf(() => 5)],
  ["openTelemetryEvents: api.trace must be", () => bridgeOpentelemetry.openTelemetryEvents()],
  ["prometheusEvents: client.Counter must be a class", () => bridgePrometheus.prometheusEvents()],
  ["pinoEvents: logger.debug must be a function", () => bridgePino.pinoEvents(() => {})],
  ["toTemporal: unknown option losy", () => temporal.toTemporal(p, { losy: true })],
  ["toSystemd: service must be a service", () => bridgeSystemd.toSystemd(p)],
  ["toSystemd: unknown option losy", () => bridgeSystemd.toSystemd(service, { losy: true })],
  ["toSystemd: version must be", () => bridgeSystemd.toSystemd(service, { version: 200 })],
  ["toKubernetes: service must be a service", () => bridgeKubernetes.toKubernetes()],
  ["toKubernetes: options must be an object", () => bridgeKubernetes.toKubernetes(service)],
  ["toKubernetes: image must be a text", () => bridgeKubernetes.toKubernetes(service, {})],
  ["toDockerCompose: services must be a list", () => bridgeCompose.toDockerCompose(service)],
  [
    "toDockerCompose: services[0] must be a service",
    () => bridgeCompose.toDockerCompose([p], { images: {} }),
  ],
  ["toDockerCompose: images must be", () => bridgeCompose.toDockerCompose([service], {})],
  ["treeOf: imported.services must be a list", () => bridgeProcesses.treeOf([service])],
  ["fromUnit: text must be a text", () => bridgeSystemd.fromUnit()],
  ["fromUnit: name must be a text", () => bridgeSystemd.fromUnit("", { name: 5 })],
  ["fromUnit: dropIns must be a list", () => bridgeSystemd.fromUnit("", { dropIns: ["a"] })],
  ["fromUnit: unknown option dropins", () => bridgeSystemd.fromUnit("", { dropins: [] })],
  ["fromProcfile: text must be a text", () => bridgeProcfile.fromProcfile({ web: "a" })],
  ["fromProcfile: port must be", () => bridgeProcfile.fromProcfile("", { port: 0 })],
  ["policy must be", () => bridgeProcfile.fromProcfile("", { policy: "sometimes" })],
  ["fromSupervisord: text must be a text", () => bridgeSupervisord.fromSupervisord(null)],
  ["fromSupervisord: env must be", () => bridgeSupervisord.fromSupervisord("", { env: "A=b" })],
  ["fromCompose: env must be", () => bridgeCompose.fromCompose({}, { env: { A: 1 } })],
  ["fromCompose: options must be an object", () => bridgeCompose.fromCompose({}, null)],
  ["fromEcosystem: cpus must be", () => bridgePm2.fromEcosystem({}, { cpus: 0 })],
  ["fromEcosystem: env must be a text", () => bridgePm2.fromEcosystem({}, { env: {} })],
  [
    "fromProcessCompose: unknown option envs",
    () => bridgeProcessCompose.fromProcessCompose({}, { envs: {} }),
  ],
  ["exitLimit: policy must be a restart policy", () => graphile.exitLimit()],
  ["taskUnder: policy must be a restart policy", () => graphile.taskUnder(() => {}, p)],
  [
    "pRetryOptions: unknown option clok (did you mean clock?)",
    () => pRetry.pRetryOptions(p, { clok: 1 }),
  ],
  ["activityUnder: temporal.Context must be that of the module", () => temporal.activityUnder(p)],
  ["toTemporal: lossy must be true or false", () => temporal.toTemporal(p, { lossy: 1 })],
  ["policyObject: restate.object must be a function", () => restate.policyObject("budget", p)],
  ["restatePolicy: url must be that of Restate's ingress", () => restate.restatePolicy("budget")],
  [
    "restatePolicy: key must be a text that is not empty",
    () => restate.restatePolicy("http://a", "budget"),
  ],
  [
    "restatePolicy: retryAfterMs must be a whole number from 1",
    () => restate.restatePolicy("http://a", "budget", "k", { retryAfterMs: 0 }),
  ],
  ["runUnder: restate.TerminalError must be a class", () => restate.runUnder(p)],
  [
    "policyObject: policy must be a restart policy",
    () => restate.policyObject({ object() {} }, "budget", presets.docker()),
  ],
  ["runUnder: policy must be a restart policy", () => restate.runUnder(sdk, {}, "charge", p)],
  ["runUnder: context.run must be a function", () => restate.runUnder(sdk, {}, p, "charge")],
  ["runUnder: name must be a text", () => restate.runUnder(sdk, { run() {} }, p, () => {})],
  ["runUnder: action must be a function", () => restate.runUnder(sdk, { run() {} }, p, "charge")],
  ["sharedPolicy: policy must be a restart policy", () => stores.sharedPolicy({}, {}, "k")],
  ["sharedPolicy: store must be a store with a name", () => stores.sharedPolicy(p, {}, "k")],
  [
    "sharedPolicy: key must be a text that is not empty",
    () => stores.sharedPolicy(p, memory.memoryStore(), ""),
  ],
  [
    "sharedPolicy: options must be an object",
    () => stores.sharedPolicy(p, memory.memoryStore(), "k", 5),
  ],
  ["memoryStore: clock must be a function", () => memory.memoryStore({ clock: 5 })],
  ["memoryStore: options must be an object", () => memory.memoryStore(5)],
  ["redisStore: options must be an object", () => redis.redisStore()],
  ["redisStore: send must be a function that sends one command", () => redis.redisStore({})],
  [
    "postgresStore: query must be a function that runs one statement",
    () => postgres.postgresStore({}),
  ],
  ["postgresStore: options must be an object", () => postgres.postgresStore(() => {})],
];

it.each(MISTAKES)("%s", async (message, call) => {
  // In an async function, so that it is the same whether it throws or rejects.
  const calling = async () => await call();
  await expect(calling()).rejects.toMatchObject({
    code: expect.stringMatching(/^ERR_POLICY_(OPTIONS|STATE|SPEC)$/),
    message: expect.stringContaining(message),
  });
});
