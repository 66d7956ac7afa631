import { afterEach, expect, it, vi } from "vitest";

afterEach(() => {
  vi.restoreAllMocks();
});

it("examples/what-if.mjs: a limit out of reach, its fix, and where the two part", async () => {
  const said: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => said.push(...line.split("\n")));
  await import(new URL("../examples/what-if.mjs", import.meta.url).href);
  expect(said.slice(0, 5)).toEqual([
    "ten in a minute: 359 launches in an hour, ended: horizon",
    "  most in a minute: 6",
    "  limit-unreachable: set windowMs to at least 100 001, or limit to at most 5",
    "ten in two minutes: 10 launches in an hour, ended: refused",
    "  most in a minute: 6",
  ]);
  expect(said.at(-1)).toMatch(/^ +90 000 .* launch in 10 000 ms {2}never: window-full$/);
});
