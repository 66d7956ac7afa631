// A headless Chromium that evaluates scripts, each in a page of its own. It is talked to over two pipes
// in the protocol of its developer tools: messages of JSON that end with a zero byte.

import { spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";

export interface Evaluation {
  /** What the script wrote to the console, line by line. */
  readonly printed: string;
  /** What the script's promise was rejected with; empty if it was not. */
  readonly error: string;
}

export interface Chromium {
  /** Evaluates an expression that is a promise, and waits for it. */
  evaluate(expression: string): Promise<Evaluation>;
  close(): Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly error?: { readonly message: string };
  readonly result?: {
    readonly targetId?: string;
    readonly sessionId?: string;
    readonly exceptionDetails?: { readonly exception?: { readonly description?: string } };
  };
  readonly params?: { readonly args?: readonly { readonly value?: unknown }[] };
}

const PATIENCE_MS = 60_000;

export function chromium(binary: string, profile: string): Chromium {
  const args = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--remote-debugging-pipe",
    `--user-data-dir=${profile}`,
  ];
  const child = spawn(binary, args, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const [, , , input, output] = child.stdio as [null, null, null, Writable, Readable];
  const waiting = new Map<number, (message: Message) => void>();
  const printed = new Map<string, string[]>();
  let last = 0;
  let rest = "";

  input.on("error", () => {}); // the browser ended: `patience` rejects what still waits
  output.setEncoding("utf8").on("data", (text: string) => {
    const messages = `${rest}${text}`.split("\0");
    rest = messages.pop() ?? "";
    for (const message of messages) hear(JSON.parse(message) as Message);
  });

  function hear(message: Message): void {
    if (message.id !== undefined) waiting.get(message.id)?.(message);
    if (message.method !== "Runtime.consoleAPICalled" || message.sessionId === undefined) return;
    const words = (message.params?.args ?? []).map(({ value }) => String(value));
    printed.get(message.sessionId)?.push(words.join(" "));
  }

  async function call(method: string, params: object, sessionId?: string): Promise<Message> {
    last += 1;
    const id = last;
    const answer = new Promise<Message>((resolve) => waiting.set(id, resolve));
    input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    const patience = new AbortController();
    const late = new Promise<Message>((resolve) => {
      const timer = setTimeout(() => resolve({ error: { message: "no answer" } }), PATIENCE_MS);
      patience.signal.addEventListener("abort", () => clearTimeout(timer));
    });
    const gone = ended.then((): Message => ({ error: { message: "the browser ended" } }));
    const message = await Promise.race([answer, late, gone]);
    patience.abort();
    waiting.delete(id);
    if (message.error !== undefined) throw new Error(`${method}: ${message.error.message}`);
    return message;
  }

  return {
    async evaluate(expression) {
      const page = await call("Target.createTarget", { url: "about:blank" });
      const { targetId } = page.result ?? {};
      const session = await call("Target.attachToTarget", { targetId, flatten: true });
      const sessionId = session.result?.sessionId ?? "";
      const lines: string[] = [];
      printed.set(sessionId, lines);
      await call("Runtime.enable", {}, sessionId);
      const { result } = await call(
        "Runtime.evaluate",
        { expression, awaitPromise: true },
        sessionId,
      );
      const error = result?.exceptionDetails?.exception?.description ?? "";
      await call("Target.closeTarget", { targetId });
      return { printed: lines.join("\n"), error };
    },
    async close() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
