// What may be thrown, rejected with or handed over by somebody who means ill or is merely unlucky.

/** A Proxy whose every trap throws. */
export function trapped(): object {
  const refuse = () => {
    throw new Error("trapped");
  };
  return new Proxy({}, new Proxy({}, { get: () => refuse }));
}

/** A Proxy that is no more. */
export function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** An error none of whose properties can be read. */
export function unreadable(): Error {
  const error = new Error("unreadable");
  for (const key of ["name", "message", "code", "stack", "cause"]) {
    Object.defineProperty(error, key, {
      get() {
        throw new Error("not for you");
      },
    });
  }
  return error;
}

export const THROWN: readonly (readonly [string, unknown])[] = [
  ["undefined", undefined],
  ["null", null],
  ["a string", "boom"],
  ["an empty string", ""],
  ["0", 0],
  ["NaN", Number.NaN],
  ["a bigint", 1n],
  ["a symbol", Symbol("boom")],
  ["a function", () => {}],
  ["an error", new Error("boom")],
  ["a frozen error", Object.freeze(new Error("frozen"))],
  ["an error with a cause", new Error("outer", { cause: new Error("inner") })],
  ["a frozen object", Object.freeze({ code: "E" })],
  ["an object without a prototype", Object.create(null)],
  ["a Proxy that traps everything", trapped()],
  ["a revoked Proxy", revoked()],
  ["an unreadable error", unreadable()],
  ["an error with a huge message", new Error("x".repeat(1_000_000))],
];
