/** Runs something while the machine's clocks and its random source answer otherwise. */
export function inAnotherWorld<Result>(run: () => Result): Result {
  const mends = [
    replace(Date, "now", () => 4_102_444_800_000),
    replace(performance, "now", () => 123_456_789),
    replace(Math, "random", () => 0.42),
  ];
  try {
    return run();
  } finally {
    for (const mend of mends) mend();
  }
}

/** Replaces a method for a while; where that is not allowed, nothing happens. */
function replace<Owner extends object>(owner: Owner, key: keyof Owner, answer: () => number) {
  const own = Object.getOwnPropertyDescriptor(owner, key);
  const replaced = Reflect.defineProperty(owner, key, {
    value: answer,
    configurable: true,
    writable: true,
  });
  return () => {
    if (!replaced) return;
    if (own) Object.defineProperty(owner, key, own);
    else Reflect.deleteProperty(owner, key);
  };
}
