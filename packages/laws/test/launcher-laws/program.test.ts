import { afterEach, expect, it, vi } from "vitest";

afterEach(() => {
  vi.restoreAllMocks();
});

it("examples/own-launcher.mjs: what one forgets at first, and an adapter that passes", async () => {
  const said: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => said.push(line));
  await import(new URL("../../examples/own-launcher.mjs", import.meta.url).href);
  expect(said).toEqual([
    "hasty breaks launch-returns-a-child: attempt 1: launch() threw Error: spawn ENOENT",
    expect.stringMatching(/^hasty breaks refusal-is-an-exit: /),
    expect.stringMatching(
      /^hasty breaks exited-settles-once: .* rejected with Error: spawn ENOENT$/,
    ),
    expect.stringMatching(/^hasty breaks calls-are-idempotent: /),
    expect.stringMatching(/^hasty breaks the-dead-are-left-alone: /),
    expect.stringMatching(/^hasty breaks supervised-stop-ends: /),
    "careful passes 17 laws",
    "not tried: signals-in-order, messages-reach-the-child, send-after-exit-is-nothing",
  ]);
});
