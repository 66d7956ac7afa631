// A stack on a terminal: the table at the bottom, drawn again when something has happened and once a second, the lines
// of the children and of the events above it, and keys.

import type { ReadStream, WriteStream } from "node:tty";
import { logEvents } from "@steadfast/supervisor/console";
import { createLogUpdate } from "log-update";
import type { Output } from "../output.js";
import type { Host } from "../stack/host.js";
import { restart, stop } from "../stack/orders.js";
import { prefixed } from "../stack/prefixed.js";
import type { View } from "../stack/run-stack.js";
import { AT_FIRST, keysIn, pressed } from "./keys.js";
import { screenOf } from "./screen.js";

const FRAME_MS = 100;
const TICK_MS = 1_000;
/** So many lines are written per frame; of more, the last. */
const MOST_LINES = 500;

export interface Terminal {
  readonly screen: WriteStream;
  readonly keyboard: ReadStream | null;
  readonly out: Output;
}

export function liveView(terminal: Terminal): View {
  const lines: string[] = [];
  const live: { host: LiveHost | null } = { host: null };
  const write = (line: string) => {
    lines.push(line);
    live.host?.soon();
  };
  return {
    prefixed: false,
    say: (line) => write(`steadfast: ${line}`),
    onEvent: logEvents({ write, format: "text", color: terminal.out.color }),
    begin(host) {
      live.host = new LiveHost(host, terminal, lines);
      return live.host;
    },
  };
}

class LiveHost implements Disposable {
  readonly #draw: ReturnType<typeof createLogUpdate>;
  readonly #startedAt = Date.now();
  readonly #tick = setInterval(() => this.soon(), TICK_MS);
  readonly #removers: (() => void)[] = [];
  #frame: NodeJS.Timeout | null = null;
  #chosen = AT_FIRST;
  #answer: string | null = null;
  #isOver = false;

  constructor(
    private readonly host: Host,
    private readonly terminal: Terminal,
    private readonly lines: string[],
  ) {
    const { screen, keyboard, out } = terminal;
    this.#draw = createLogUpdate(screen, { showCursor: false });
    for (const log of host.logs.last(null)) lines.push(prefixed(log, out));
    this.#removers.push(
      host.logs.on((log) => {
        if (this.#chosen.onlyLogs && log.id !== this.#chosen.marked) return;
        lines.push(prefixed(log, out));
        this.soon();
      }),
    );
    const resized = () => this.soon();
    screen.on("resize", resized);
    this.#removers.push(() => screen.off("resize", resized));
    if (keyboard) this.#hear(keyboard);
    this.#show();
  }

  /** Draws again, in a moment. */
  soon(): void {
    this.#frame ??= setTimeout(this.#show, FRAME_MS);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#tick);
    if (this.#frame) clearTimeout(this.#frame);
    for (const remove of this.#removers) remove();
    this.#chosen = AT_FIRST;
    this.#isOver = true;
    this.#show();
    this.#draw.done();
  }

  readonly #show = (): void => {
    this.#frame = null;
    const { screen, out, keyboard } = this.terminal;
    const rows = this.host.rows();
    this.#chosen = { ...this.#chosen, marked: this.#chosen.marked ?? rows[0]?.name ?? null };
    const { marked } = this.#chosen;
    const text = screenOf(
      {
        name: this.host.stack.name,
        runsMs: Date.now() - this.#startedAt,
        rows,
        chosen: this.#chosen,
        why: marked === null ? [] : this.host.why(marked),
        answer: this.#isOver ? null : this.#answer,
        hasKeys: keyboard !== null && !this.#isOver,
      },
      { columns: screen.columns || 80, rows: screen.rows || 24 },
      out.color,
    );
    if (this.lines.length > 0) {
      const some = this.lines.splice(0).slice(-MOST_LINES);
      this.#draw.clear();
      screen.write(`${some.join("\n")}\n`);
    }
    this.#draw(text);
  };

  #hear(keyboard: ReadStream): void {
    const hear = (input: Buffer) => {
      for (const key of keysIn(input.toString("utf8"))) this.#press(key);
    };
    keyboard.setRawMode(true);
    keyboard.on("data", hear);
    keyboard.resume();
    this.#removers.push(() => {
      keyboard.off("data", hear);
      keyboard.setRawMode(false);
      keyboard.pause();
    });
  }

  #press(key: string): void {
    const [chosen, order] = pressed(key, this.#chosen, this.host.names);
    this.#chosen = chosen;
    this.soon();
    if (order === "quit") void this.host.tree.stop();
    if (order === "interrupt") process.kill(process.pid, "SIGINT"); // as without raw keys: a second one kills
    if (order === "stop" && chosen.marked !== null) this.#say(stop(this.host, chosen.marked).text);
    if (order === "restart" && chosen.marked !== null) {
      void restart(this.host, chosen.marked).then(({ text }) => this.#say(text));
    }
  }

  #say(text: string): void {
    this.#answer = text;
    this.soon();
  }
}
