// The same machine at another time, in another place, with other chance: its clocks, its time zone and
// its random sources answer otherwise while something runs.

const INSTANT = 4_102_444_812_345;
/** So far ahead of the machine's own zone is that of the other world: nearly half a day, as no zone is. */
const AHEAD_MS = 11 * 3_600_000 + 17 * 60_000;

/** Runs something in that world. What cannot be replaced stays as it is. */
export function inAnotherWorld<Result>(run: () => Result): Result {
  const { process, crypto } = globalThis as Machine;
  const restores = [
    replace(globalThis as Machine, "Date", otherDate(Date)),
    replace(performance, "now", () => 123_456_789),
    replace(Math, "random", () => 0.42),
    ...(crypto ? [replace(crypto, "randomUUID", () => UUID), replaceBytes(crypto)] : []),
    ...(process ? [replace(process, "uptime", () => 123_456), replaceHrtime(process)] : []),
  ];
  try {
    return run();
  } finally {
    for (const restore of restores) restore();
  }
}

const UUID = "42424242-4242-4242-8242-424242424242";

interface Machine {
  Date: DateConstructor;
  readonly process?: { hrtime?: unknown; uptime?: () => number };
  readonly crypto?: { randomUUID?: () => string; getRandomValues?: unknown };
}

function replaceBytes(crypto: NonNullable<Machine["crypto"]>) {
  return replace(crypto, "getRandomValues", (bytes: Uint8Array) => bytes.fill(42));
}

function replaceHrtime(process: NonNullable<Machine["process"]>) {
  const hrtime = () => [123_456, 789] as const;
  return replace(process, "hrtime", Object.assign(hrtime, { bigint: () => 123_456_000_000_789n }));
}

/** What reads and sets a date by the time zone of the machine. */
const LOCAL = ["FullYear", "Month", "Date", "Day", "Hours", "Minutes"] as const;

/** A `Date` that says another instant, in another zone; of an instant that it is given it is that one. */
function otherDate(Real: DateConstructor): DateConstructor {
  class OtherDate extends Real {
    constructor(...given: readonly unknown[]) {
      super(...((given.length === 0 ? [INSTANT] : given) as [number]));
      if (given.length > 1) this.setTime(this.getTime() - AHEAD_MS);
    }
    static override now = () => INSTANT;
    override getTimezoneOffset() {
      return super.getTimezoneOffset() - AHEAD_MS / 60_000;
    }
  }
  for (const part of LOCAL) moveLocal(OtherDate.prototype, Real, part);
  for (const text of ["toString", "toDateString", "toTimeString"] as const) {
    define(OtherDate.prototype, text, function (this: Date) {
      return new Real(this.getTime() + AHEAD_MS)[text]();
    });
  }
  for (const text of ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"] as const) {
    define(OtherDate.prototype, text, function (this: Date, ...how: never[]) {
      return new Real(this.getTime() + AHEAD_MS)[text](...how);
    });
  }
  // Called as a function, it answers a text.
  return new Proxy(OtherDate, {
    apply: () => new OtherDate().toString(),
  }) as unknown as DateConstructor;
}

function moveLocal(prototype: Date, Real: DateConstructor, part: (typeof LOCAL)[number]): void {
  define(prototype, `get${part}`, function (this: Date) {
    return new Real(this.getTime() + AHEAD_MS)[`get${part}`]();
  });
  if (part === "Day") return;
  define(prototype, `set${part}`, function (this: Date, ...values: [number]) {
    const there = new Real(this.getTime() + AHEAD_MS);
    there[`set${part}`](...values);
    return this.setTime(there.getTime() - AHEAD_MS);
  });
}

function define(prototype: Date, key: string, value: unknown): void {
  Object.defineProperty(prototype, key, { value, configurable: true, writable: true });
}

/** Replaces a property for a while; where that is not allowed, nothing happens. */
function replace<Owner extends object>(owner: Owner, key: keyof Owner, value: unknown) {
  const own = Object.getOwnPropertyDescriptor(owner, key);
  const replaced = Reflect.defineProperty(owner, key, {
    value,
    configurable: true,
    writable: true,
    enumerable: own?.enumerable ?? false,
  });
  return () => {
    if (!replaced) return;
    if (own) Object.defineProperty(owner, key, own);
    else Reflect.deleteProperty(owner, key);
  };
}
