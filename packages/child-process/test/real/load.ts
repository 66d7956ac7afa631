// Clients of a web server that send one request after the other, over connections that they keep, or each over a new
// one. What was sent and what was answered are counted.

import { Agent, request } from "node:http";

/** Who has answered. */
export interface Answer {
  readonly pid: number;
  readonly attempt: string;
}

/** What a load came to. */
export interface Load {
  readonly sent: { readonly kept: number; readonly fresh: number };
  readonly answers: readonly Answer[];
  readonly errors: readonly string[];
}

/** One request, over a connection of its own unless there is an agent; `connected` is called when that is there. */
export function ask(port: number, agent: Agent | false = false, connected = () => {}) {
  return new Promise<Answer>((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, agent }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (piece: string) => {
        text += piece;
      });
      response.on("end", () => resolve(JSON.parse(text) as Answer)).on("error", reject);
    });
    if (!agent) asked.on("socket", (socket) => socket.once("connect", connected));
    asked.on("error", reject).end();
  });
}

/** Starts so many clients of each kind. `end` ends them, each after its answer. */
export function load(port: number, clients: number, heard: () => void) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const sent = { kept: 0, fresh: 0 };
  const answers: Answer[] = [];
  const errors: string[] = [];
  let isOn = true;

  async function client(kind: "kept" | "fresh"): Promise<void> {
    while (isOn) {
      sent[kind]++;
      try {
        answers.push(await ask(port, kind === "kept" && agent));
      } catch (error) {
        errors.push(`${kind}: ${String(error)}`);
      }
      heard();
    }
  }

  const kinds = ["kept", "fresh"] as const;
  const all = kinds.flatMap((kind) => Array.from({ length: clients }, () => client(kind)));
  return {
    answers,
    async end(): Promise<Load> {
      isOn = false;
      await Promise.all(all);
      agent.destroy();
      return { sent, answers, errors };
    },
  };
}
