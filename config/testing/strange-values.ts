// What may be thrown, or given as an option, by a malicious caller or by accident.

/** A Proxy whose every trap throws. */
export function trap(target: object = {}): object {
  const refuse = () => {
    throw new Error("trapped");
  };
  return new Proxy(target, new Proxy({}, { get: () => refuse }));
}

/** A Proxy that is no more. */
export function revoked(target: object = {}): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** An error whose `name`, `message`, `code`, `stack` and `cause` cannot be read. */
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

/** An object that contains itself. */
export function cyclic(): object {
  const object: { self?: object } = {};
  object.self = object;
  return object;
}
