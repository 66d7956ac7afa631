// One chaos run: eight processes ask one window as fast as they can, while they are killed, stopped and cut off, and
// the server crashes. What happens next is decided by a seed and by how many requests were answered, never by a clock.

import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { manualSystem } from "@steadfast/supervisor/testing";
import { startPostgres } from "../../../servers/postgres.ts";
import { startRedis } from "../../../servers/redis.ts";
import type { Server } from "../../../servers/server.ts";
import { ioredisStore, pgStore } from "../clients.ts";
import { type Findings, findingsOf } from "./history.ts";
import { grantedIn } from "./policy.ts";
import { type Cable, type Mode, startProxy } from "./proxy.ts";
import { type Asked, KEY, type Orders, type StoreKind } from "./words.ts";

export interface ChaosOptions {
  readonly kind: StoreKind;
  readonly seed: number;
  readonly requests: number;
  /** Whether there are faults. */
  readonly calm?: boolean;
  /** Whether the clients compare nothing. */
  readonly blind?: boolean;
}

const HOSTS = 8;
const BOUND = { limit: 40, windowMs: 200 };
/** A fault comes after so many requests, and is over after as many again. */
const BETWEEN = 400;

interface Host {
  readonly proxy: Cable;
  child: ChildProcess;
  /** Whether something is wrong with it now. */
  isHurt: boolean;
}

/** What went wrong, and how often. */
export type Faults = Record<"server crashes" | "kills" | "stops" | "cuts", number>;

export async function chaos(
  options: ChaosOptions,
): Promise<Findings & { readonly faults: Faults }> {
  const { kind, blind = false } = options;
  const server = await (kind === "redis" ? startRedis : startPostgres)({ durable: !blind });
  // The table is there before anybody asks; the run itself has all the time of the world.
  const before = await (kind === "redis" ? ioredisStore : pgStore)(server.port, 30_000);
  await before.store.read(KEY, new AbortController().signal);
  const run = new Run(options, server);
  const asked = await run.play();
  const { entry } = await before.store.read(KEY, new AbortController().signal);
  await before.close();
  await server.stop();
  const history = { asked, granted: grantedIn(entry?.value ?? "") };
  return { ...findingsOf(history, BOUND), faults: run.faults };
}

class Run {
  readonly faults: Faults = { "server crashes": 0, kills: 0, stops: 0, cuts: 0 };
  readonly #asked: Asked[] = [];
  readonly #hosts: Host[] = [];
  readonly #chance: () => number;
  #nextFault = BETWEEN;
  /** What ends a fault, and after how many requests. */
  #heals: { readonly at: number; readonly heal: () => void }[] = [];
  #crash: Promise<void> = Promise.resolve();
  #isOver = false;
  #done: () => void = () => {};
  #failed: (error: Error) => void = () => {};

  readonly #options: ChaosOptions;
  readonly #server: Server;

  constructor(options: ChaosOptions, server: Server) {
    this.#options = options;
    this.#server = server;
    this.#chance = manualSystem({ seed: options.seed }).random;
  }

  async play(): Promise<readonly Asked[]> {
    const over = new Promise<void>((resolve, reject) => {
      this.#done = resolve;
      this.#failed = reject;
    });
    for (let i = 0; i < HOSTS; i++) {
      const proxy = await startProxy(this.#server.port);
      this.#hosts.push({ proxy, child: this.#client(proxy), isHurt: false });
    }
    await over;
    this.#isOver = true;
    await Promise.all(this.#hosts.map(({ child }) => killed(child)));
    await Promise.all(this.#hosts.map(({ proxy }) => proxy.close()));
    await this.#crash;
    return this.#asked;
  }

  #client({ port }: Cable): ChildProcess {
    const { kind, blind = false } = this.#options;
    const program = fileURLToPath(new URL("client.ts", import.meta.url));
    const child = fork(program, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    child.send({ kind, port, blind, ...BOUND } satisfies Orders);
    child.once("exit", (code) => {
      if (code !== null) this.#failed(new Error(`a client ended by itself, with ${code}`));
    });
    child.on("message", (batch) => this.#hear(batch as readonly Asked[]));
    return child;
  }

  #hear(batch: readonly Asked[]): void {
    this.#asked.push(...batch);
    const count = this.#asked.length;
    const due = this.#heals.filter(({ at }) => at <= count);
    this.#heals = this.#heals.filter(({ at }) => at > count);
    for (const { heal } of due) heal();
    if (count >= this.#options.requests) return this.#done();
    if (this.#options.calm || count < this.#nextFault) return;
    this.#nextFault = count + BETWEEN;
    this.#hurt();
  }

  /** Half of the hosts stay well, so that there is somebody to count by. */
  #hurt(): void {
    const well = this.#hosts.filter(({ isHurt }) => !isHurt);
    const host = well[Math.floor(this.#chance() * well.length)];
    const kind = Math.floor(this.#chance() * 7);
    if (kind === 0) return this.#crashServer();
    if (!host || well.length <= HOSTS / 2) return;
    if (kind === 1) return this.#kill(host);
    if (kind <= 3)
      return this.#until(
        "stops",
        host,
        () => void host.child.kill("SIGSTOP"),
        () => void host.child.kill("SIGCONT"),
      );
    const mode = (["no-answer", "no-request", "refuse"] as const)[kind - 4] as Mode;
    this.#until(
      "cuts",
      host,
      () => host.proxy.set(mode),
      () => host.proxy.set("open"),
    );
  }

  #until(name: "stops" | "cuts", host: Host, hurt: () => void, heal: () => void): void {
    this.faults[name] += 1;
    host.isHurt = true;
    hurt();
    this.#heals.push({
      at: this.#asked.length + BETWEEN,
      heal: () => {
        host.isHurt = false;
        heal();
      },
    });
  }

  #kill(host: Host): void {
    this.faults.kills += 1;
    host.isHurt = true;
    void killed(host.child).then(() => {
      if (!this.#isOver) host.child = this.#client(host.proxy);
      host.isHurt = false;
    });
  }

  #crashServer(): void {
    this.faults["server crashes"] += 1;
    this.#crash = this.#crash.then(() => this.#server.crash());
  }
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await exit;
}
