import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isPolicyOptionsError } from "@steadfast/policy";
import { afterAll, describe, expect, it } from "vitest";
import { environmentOf } from "../src/environment.js";
import type { EnvOption } from "../src/launcher-options.js";

const folder = mkdtempSync(join(tmpdir(), "steadfast-"));
afterAll(() => rmSync(folder, { recursive: true }));

const info = { id: "web", attempt: 2, generation: 3, cause: "restart", failures: 1 } as const;
const own = { STEADFAST_ID: "web", STEADFAST_ATTEMPT: "2", STEADFAST_GENERATION: "3" };
const host = { PATH: "/bin", HOME: "/root" };
const of = (options: EnvOption, platform: NodeJS.Platform = "linux") =>
  environmentOf("x", options, info, host, platform);

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("the environment of an attempt", () => {
  it.each([
    ["the host's by default", {}, { ...host }],
    [
      "merged over the host's",
      { env: { HOME: "/a", B: "b" } },
      { PATH: "/bin", HOME: "/a", B: "b" },
    ],
    ["undefined takes one away", { env: { HOME: undefined } }, { PATH: "/bin" }],
    ["all that there is under replace", { env: { replace: { A: "a" } } }, { A: "a" }],
    ["nothing at all", { env: { replace: {} } }, {}],
    ["a variable called replace", { env: { replace: "r" } }, { ...host, replace: "r" }],
    ["made for each attempt", { env: ({ id }) => ({ ID: id }) }, { ...host, ID: "web" }],
    ["a function that has nothing to say", { env: () => undefined }, { ...host }],
  ] satisfies [string, EnvOption, object][])("is %s", (_what, options, made) => {
    expect(of(options)).toStrictEqual({ ...made, ...own });
  });

  it("is weaker in files than in the host, as with Node's own --env-file; the later file wins", () => {
    const envFile = [file("a", "A=1\nB='two words' # why\nHOME=/file"), file("b", "A=2\n")];
    expect(of({ envFile, env: { B: "b" } })).toStrictEqual({ ...host, A: "2", B: "b", ...own });
    expect(of({ envFile, env: { replace: { C: "c" } } })).toStrictEqual({
      A: "2",
      B: "two words",
      HOME: "/file",
      C: "c",
      ...own,
    });
  });

  it("reads its files for each attempt", () => {
    const envFile = file("c", "A=1");
    expect(of({ envFile }).A).toBe("1");
    file("c", "A=2");
    expect(of({ envFile }).A).toBe("2");
  });

  it("knows on Windows that Path is PATH, and only there", () => {
    const env = { Path: "C:\\a" };
    expect(of({ env }, "win32")).toStrictEqual({ HOME: "/root", Path: "C:\\a", ...own });
    expect(of({ env })).toStrictEqual({ ...host, ...env, ...own });
  });

  it("throws what the system says of a file that is not there", () => {
    expect(() => of({ envFile: join(folder, "none") })).toThrow(
      expect.objectContaining({ code: "ENOENT", syscall: "open" }),
    );
  });

  it.each([
    ["a number", { A: JSON.parse("1") }, "env.A"],
    ["an object", { A: JSON.parse("{}") }, "env.A"],
    ["a number under replace", { replace: { A: JSON.parse("1") } }, "env.A"],
    ["variables beside replace", { replace: { A: "1" }, B: "2" }, "env"],
  ])("refuses %s by name", (_what, env, option) => {
    try {
      of({ env } as EnvOption);
      expect.unreachable();
    } catch (error) {
      expect(isPolicyOptionsError(error) && error.option).toBe(option);
    }
  });
});
