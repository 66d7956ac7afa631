// import and export: between a configuration of our own and the files of others.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { folder } from "./called.js";

describe("import", () => {
  const ecosystem = `module.exports = { apps: [{ name: "api", script: "a.js", instances: 2, wait_ready: true, max_memory_restart: "1G" }] };`;

  it("writes YAML that `up` reads, and reports what does not map", async () => {
    using here = folder({ "ecosystem.config.cjs": ecosystem });
    const { code, out, err } = await here.call("import", "ecosystem.config.cjs");
    expect(code).toBe(0);
    expect(parse(out)).toMatchObject({
      children: { api: { command: "node a.js", replicas: 2, ready: "message" } },
    });
    expect(err).toMatch(/^ecosystem\.config\.cjs: dropped .*max_memory_restart/m);
  });

  it("writes JSON, and is strict where it is told so", async () => {
    using here = folder({ "ecosystem.config.cjs": ecosystem });
    const { code, out } = await here.call("import", "ecosystem.config.cjs", "--json", "--strict");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toHaveProperty("children.api.policy.preset", "pm2");
  });

  it("refuses a file of our own", async () => {
    using here = folder({ "steadfast.config.yaml": "children: { a: { command: b } }" });
    const { code, err } = await here.call("import", "steadfast.config.yaml");
    expect(code).toBe(2);
    expect(err).toContain("a configuration of steadfast itself");
  });
});

describe("export", () => {
  const stack = `
children:
  db: { command: postgres, policy: { preset: systemd, options: { restart: on-failure, restartMs: 200 } } }
  web: { command: node server.mjs, after: [db], policy: { preset: systemd } }
`;

  it("writes units, one after the other", async () => {
    using here = folder({ "steadfast.config.yaml": stack });
    const { code, out } = await here.call("export", "systemd");
    expect(code).toBe(0);
    expect(out).toMatch(
      /^# db\.service\n\[Unit\][\s\S]*\n# web\.service\n[\s\S]*After=db\.service/,
    );
  });

  it("writes them as files", async () => {
    using here = folder({ "steadfast.config.yaml": stack });
    const { out } = await here.call("export", "systemd", "--into", "units");
    expect(out.split("\n")).toEqual(["units/db.service", "units/web.service"]);
    expect(readFileSync(join(here.path, "units/db.service"), "utf8")).toContain(
      "Restart=on-failure",
    );
  });

  it("writes nothing where one of them cannot be expressed, and says which and why", async () => {
    using here = folder({
      "steadfast.config.yaml": "children: { a: { command: b, policy: { preset: pm2 } } }",
    });
    const { code, err } = await here.call("export", "systemd", "--into", "units");
    expect(code).toBe(2);
    expect(err).toMatch(/a: systemd cannot express it; --lossy leaves it out:\n {2}policy: pm2/);
    expect(existsSync(join(here.path, "units"))).toBe(false);
    const lossy = await here.call("export", "systemd", "--into", "units", "--lossy");
    expect(lossy).toMatchObject({ code: 0, err: expect.stringContaining("dropped a.policy: pm2") });
  });

  it("writes a file of Compose with the image of each", async () => {
    using here = folder({
      "steadfast.config.yaml": "children: { a: { command: b, policy: { preset: docker } } }",
    });
    const { code, out } = await here.call("export", "compose", "--image", "example/{id}:1");
    expect(code).toBe(0);
    expect(parse(out)).toHaveProperty("services.a.image", "example/a:1");
  });

  it.each([
    [["export", "systmd"], /there is no systmd to export to \(did you mean systemd\?\)/],
    [["export", "kubernetes"], /--image is missing/],
    [["export"], /missing required argument/],
  ])("refuses %j", async (args, message) => {
    using here = folder({ "steadfast.config.yaml": stack });
    const { code, err } = await here.call(...args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
