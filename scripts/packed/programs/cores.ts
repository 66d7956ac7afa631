// The cores on their own: nothing of any host is needed.

import { backoff } from "@steadfast/backoff";
import { childSlot, isIllegalTransitionError } from "@steadfast/child-slot";
import { crashBudget } from "@steadfast/crash-budget";
import {
  allOf,
  cell,
  isPolicyOptionsError,
  isPolicyStateError,
  replay,
  restartOn,
} from "@steadfast/policy";
import { slidingWindow, windowView } from "@steadfast/sliding-window";
import { same } from "./same.js";

const failed = { kind: "failed", error: "boom" } as const;

function caught(mistake: () => unknown): unknown {
  try {
    mistake();
  } catch (error) {
    return error;
  }
  return null;
}

export async function main(): Promise<void> {
  const options = { limit: 2, windowMs: 1_000 };
  const window = slidingWindow(options);
  const policy = allOf(
    restartOn("transient"),
    window,
    backoff({ initialMs: 100, factor: 2, jitter: "none" }),
  );
  let now = 0;
  const child = cell(policy, { clock: () => now, random: () => 0.5 });
  const crash = () => child.send({ type: "exited", exit: failed, failed: true, uptimeMs: 10 });
  same(child.send({ type: "launch", cause: "start" }), { type: "launch", delayMs: 0 });
  now = 10;
  same(crash(), { type: "noted" });
  same(child.send({ type: "launch", cause: "restart" }), { type: "launch", delayMs: 100 });
  now = 20;
  crash();
  const refusal = { type: "refuse", reason: "window-full", retryAfterMs: 980 };
  same(child.send({ type: "launch", cause: "restart" }), refusal);

  const saved: unknown = JSON.parse(JSON.stringify(child.state));
  const again = cell(policy, { clock: () => now + 980, random: () => 0.5, state: saved });
  same(again.send({ type: "launch", cause: "restart" }).type, "launch");
  same(windowView(window.initial(), options, 0).remaining, 2);

  const budget = crashBudget({ retries: 1, windowMs: 500, retryDelayMs: 0 });
  const exited = { type: "exited", exit: failed, failed: true, uptimeMs: 0 } as const;
  const asked = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
  let state = budget.initial();
  const answers = [0, 100].map((at) => {
    [state] = budget.step(state, exited, at);
    const [next, answer] = budget.step(state, asked, at);
    state = next;
    return answer.type;
  });
  same(answers, ["launch", "refuse"]);
  same(replay([], budget), []);

  const slot = childSlot({ id: "web" });
  const [starting, commands] = slot.step(slot.initial(), { type: "launch", cause: "start" }, 0);
  same(commands.map(({ type, attempt }) => [type, attempt])[0], ["launch", 1]);
  const illegal = caught(() => slot.step(starting, { type: "launch", cause: "start" }, 1));
  same(isIllegalTransitionError(illegal), true);

  same(isPolicyOptionsError(caught(() => slidingWindow({ limit: -1, windowMs: 1 }))), true);
  same(isPolicyStateError(caught(() => window.parse("nonsense", 0))), true);
}
