// The client of the server process: waits while it is down, and asks again what it did not answer.

import { EventEmitter, once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import type { SupervisorEvent } from "@steadfast/supervisor";
import type { Serving } from "./messages.js";

/** How long to wait after a failed request: the news that the server is gone is on its way. */
const NEWS_MS = 20;

export class Library {
  readonly #changes = new EventEmitter<{ serving: [] }>().setMaxListeners(0);
  #origin: string | null = null;

  /** Hears what the server process says. */
  readonly onMessage = (message: unknown): void => {
    this.#origin = `http://127.0.0.1:${(message as Serving).port}`;
    this.#changes.emit("serving");
  };

  /** Hears what becomes of the server process. */
  readonly onEvent = (event: SupervisorEvent): void => {
    if (event.type === "exited") this.#origin = null;
  };

  async files(signal: AbortSignal): Promise<readonly string[]> {
    return JSON.parse(await this.#get("/files", signal)) as string[];
  }

  text(file: string, signal: AbortSignal): Promise<string> {
    return this.#get(`/file?name=${encodeURIComponent(file)}`, signal);
  }

  async #get(path: string, signal: AbortSignal): Promise<string> {
    for (;;) {
      while (!this.#origin) await once(this.#changes, "serving", { signal });
      const text = await this.#ask(`${this.#origin}${path}`, signal);
      if (text !== undefined) return text;
      await pause(NEWS_MS, undefined, { signal });
    }
  }

  /** Undefined if the connection failed, which happens whenever the server is killed. */
  async #ask(url: string, signal: AbortSignal): Promise<string | undefined> {
    const answer = await fetch(url, { signal })
      .then(async (response) => ({ status: response.status, text: await response.text() }))
      .catch((error: unknown) => {
        if (signal.aborted) throw error;
        return undefined;
      });
    if (answer && answer.status !== 200) throw new Error(`${url}: HTTP ${answer.status}`);
    return answer?.text;
  }
}
