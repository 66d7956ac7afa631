// A private server of a test: started on a free port of loopback, ready when it says so, stopped by its pid.

import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

export interface Server {
  readonly port: number;
  /** Ends it as a crash would, and starts it again on what it had saved. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly options?: SpawnOptions;
  /** What it prints when it takes connections. */
  readonly ready: RegExp;
  /** How a crash comes about. */
  readonly crashSignal: NodeJS.Signals;
  /** How it is asked to end. */
  readonly stopSignal: NodeJS.Signals;
}

export async function serverOf(port: number, program: Program, clean: () => void): Promise<Server> {
  let child = await started(program);
  return {
    port,
    async crash() {
      await ended(child, program.crashSignal);
      child = await started(program);
    },
    async stop() {
      await ended(child, program.stopSignal);
      clean();
    },
  };
}

async function started({ command, args, options, ready }: Program): Promise<ChildProcess> {
  const child = spawn(command, [...args], { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (ready.test(said)) resolve();
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${command} ended with ${code}: ${said}`)));
  });
  return child;
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await exit;
}
