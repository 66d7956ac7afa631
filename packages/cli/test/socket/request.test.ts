// What a request is, and that nothing else is one.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineReader } from "../../src/socket/line-reader.js";
import { makePrivate, socketFolder, socketOf, socketsFrom } from "../../src/socket/place.js";
import { readRequest } from "../../src/socket/request.js";
import { prefixed } from "../../src/stack/prefixed.js";

describe("readRequest", () => {
  it.each([
    [{ ask: "status" }, { ask: "status", name: null, follow: false }],
    [
      { ask: "logs", name: "web", follow: true },
      { ask: "logs", name: "web", follow: true },
    ],
    [{ ask: "stop" }, { ask: "stop", name: null, follow: false }],
  ])("%j", (raw, request) => {
    expect(readRequest(JSON.stringify(raw))).toEqual(request);
  });

  it.each([
    ["", /one line with a JSON object/],
    ["[", /one line with a JSON object/],
    ["7", /one line with a JSON object/],
    ['{"ask":"restrat","name":"web"}', /ask must be one of .* did you mean restart\?/],
    ['{"ask":"restart"}', /restart needs a name/],
    ['{"ask":"logs","name":7}', /name must be a text/],
    ['{"ask":"logs","follow":"yes"}', /follow must be true or false/],
    ['{"ask":"constructor"}', /ask must be one of/],
  ])("%s is refused", (line, message) => {
    expect(readRequest(line)).toMatch(message);
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (line) => void readRequest(line)));
  });
});

it("lines are whole, however they are cut, and none is too long", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 8 }), { maxLength: 9 }), (pieces) => {
      const heard: string[] = [];
      const reader = lineReader(100, (line) => heard.push(line));
      for (const piece of [...pieces, "\n"]) expect(reader.take(piece)).toBe(true);
      expect(heard.join("\n")).toBe(pieces.join(""));
    }),
  );
  const reader = lineReader(3, () => {});
  expect([reader.take("abc"), reader.take("d")]).toEqual([true, false]);
  expect(lineReader(3, () => {}).take("abcd\n")).toBe(false);
});

describe("the place of a socket", () => {
  const env = { XDG_RUNTIME_DIR: "/run/user/1000" };

  it("is one per project, below the runtime folder of the user or the temporary one", () => {
    expect(socketOf("/srv/shop", env)).toMatch(
      /^\/run\/user\/1000\/steadfast\/[0-9a-f]{16}\.sock$/,
    );
    expect(socketOf("/srv/shop/", env)).toBe(socketOf("/srv/shop", env));
    expect(socketOf("/srv/other", env)).not.toBe(socketOf("/srv/shop", env));
    expect(socketFolder({})).toMatch(/steadfast-\d+$/);
  });

  it("is looked for in the folder, then in those around it", () => {
    const places = ["/srv/shop/src", "/srv/shop", "/srv", "/"].map((folder) =>
      socketOf(folder, env),
    );
    expect(socketsFrom("/srv/shop/src", env)).toEqual(places);
  });

  it("is in a folder of one's own, or nowhere", () => {
    const folder = mkdtempSync(join(tmpdir(), "steadfast-place-"));
    const own = join(folder, "own");
    makePrivate(own);
    makePrivate(own);
    expect(() => makePrivate("/tmp")).toThrow(/others may enter \/tmp/);
    rmSync(folder, { recursive: true });
  });
});

it("a line of a child keeps its colours, and moves no cursor", () => {
  const paint = (_: unknown, text: string) => text;
  const line = (text: string) => prefixed({ id: "web", stream: "stdout", line: text }, { paint });
  expect(line("plain\ttext")).toBe("web          | plain\ttext");
  expect(line("\u001b[31mred")).toBe("web          | \u001b[31mred\u001b[0m");
  expect(line("a\u001b[2J\u001b[Hb\u0007\rc")).toBe("web          | abc");
});
