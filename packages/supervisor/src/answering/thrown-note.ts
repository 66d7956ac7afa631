// What a worker threw, as a note that certainly gets across: plain data that can be cloned, bounded in
// depth and size. Node's own way reads the error in the host, outside any handler: a list that is too
// deep, or a WebAssembly.Module in a field, ends the host there.

/**
 * One value: an error, a list, a record, or something that needs no note of its own.
 * @since 0.1.0
 */
export type Note =
  | {
      /** What it is. */
      readonly is: "error";
      /** The name of the error's class, as far as the language has it. */
      readonly base: string;
      /** Its message, stack and so on. */
      readonly fields: Fields;
    }
  | {
      /** What it is. */
      readonly is: "list";
      /** Its items. */
      readonly items: readonly Note[];
    }
  | {
      /** What it is. */
      readonly is: "record";
      /** Its fields. */
      readonly fields: Fields;
    }
  | {
      /** What it is. */
      readonly is: "value";
      /** The value itself, or a text about it. */
      readonly value: unknown;
    };

type Fields = Readonly<Record<string, Note>>;

const BASES: Readonly<Record<string, ErrorConstructor>> = {
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

/** What an error has, own or inherited, besides its enumerable fields. */
const OF_ERRORS = ["message", "stack", "name", "code", "cause", "errors"];

/** How deep a note goes, and how many values it has. */
const DEPTH = 8;
const SIZE = 1_000;
const TEXT = 10_000;

/**
 * Notes what was thrown, to a depth of 8 and 1 000 values. Errors: none, whatever it is: a getter that throws, a Proxy
 * that traps, a cycle.
 *
 * @since 0.1.0
 * @example
 * thrownNote("boom"); // => { is: "value", value: "boom" }
 */
export function thrownNote(thrown: unknown): Note {
  return new Notebook().note(thrown, DEPTH) ?? textOf(thrown);
}

class Notebook {
  #left = SIZE;
  readonly #above = new Set<unknown>();

  /** Null for what is left out where it is a field: functions and symbols. */
  note(value: unknown, depth: number): Note | null {
    this.#left -= 1;
    if (typeof value === "function" || typeof value === "symbol") return null;
    if (typeof value !== "object" || value === null) return { is: "value", value };
    if (this.#above.has(value)) return { is: "value", value: "[circular]" };
    if (depth === 0) return { is: "value", value: "[too deep]" };
    this.#above.add(value);
    try {
      return this.#object(value, depth - 1);
    } catch {
      return textOf(value);
    } finally {
      this.#above.delete(value);
    }
  }

  #object(value: object, depth: number): Note {
    if (isError(value)) {
      const keys = new Set([...OF_ERRORS.filter((key) => key in value), ...Object.keys(value)]);
      return { is: "error", base: baseOf(value), fields: this.#fields(value, keys, depth) };
    }
    if (Array.isArray(value)) {
      const items = value.slice(0, Math.max(0, this.#left));
      return { is: "list", items: items.map((item) => this.note(item, depth) ?? textOf(item)) };
    }
    const parent: unknown = Object.getPrototypeOf(value);
    if (parent !== null && Object.getPrototypeOf(parent) !== null) return textOf(value);
    return { is: "record", fields: this.#fields(value, Object.keys(value), depth) };
  }

  #fields(value: object, keys: Iterable<string>, depth: number): Fields {
    const fields: Record<string, Note> = Object.create(null);
    for (const key of keys) {
      if (this.#left <= 0) break;
      const note = this.note(fieldOf(value, key), depth);
      if (note) fields[key] = note;
    }
    return fields;
  }
}

function fieldOf(value: object, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

/** Also one of another realm, such as a `node:vm` context: it is an instance of nothing here. */
function isError(value: object): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}

/** Of an error of another realm its name is all there is. */
function baseOf(error: Error): string {
  const given = error instanceof Error ? null : fieldOf(error, "name");
  const isOf = (name: string) =>
    given === null ? error instanceof (BASES[name] as never) : given === name;
  return Object.keys(BASES).find(isOf) ?? "Error";
}

/** Not the source of a function, nor what a `toString` of its own may do to an object. */
function textOf(value: unknown): Note {
  let text = "[cannot be shown]";
  try {
    if (typeof value === "function") text = `[Function: ${value.name || "(anonymous)"}]`;
    else if (typeof value === "symbol") text = String(value);
    else text = Object.prototype.toString.call(value);
  } catch {
    // A Proxy that traps everything.
  }
  return { is: "value", value: text.slice(0, TEXT) };
}

/**
 * Whether a value looks like a note of `thrownNote`.
 * @since 0.1.0
 */
export function isNote(note: unknown): note is Note {
  const kinds: readonly unknown[] = ["error", "list", "record", "value"];
  return typeof note === "object" && note !== null && kinds.includes((note as Note).is);
}

/**
 * Makes of a note what was thrown. Errors are errors again, of the kind that the language has.
 *
 * Errors: those of the language, for a note that `thrownNote` did not make.
 *
 * @since 0.1.0
 * @example
 * thrownOf(thrownNote(new TypeError("boom"))); // => new TypeError("boom")
 */
export function thrownOf(note: Note): unknown {
  switch (note.is) {
    case "value":
      return note.value;
    case "list":
      return note.items.map(thrownOf);
    case "record":
      return Object.fromEntries(
        Object.entries(note.fields).map(([key, one]) => [key, thrownOf(one)]),
      );
    case "error": {
      const error = new (BASES[note.base] ?? Error)();
      for (const [key, one] of Object.entries(note.fields)) {
        const enumerable = key === "code" || !OF_ERRORS.includes(key);
        Object.defineProperty(error, key, {
          value: thrownOf(one),
          enumerable,
          writable: true,
          configurable: true,
        });
      }
      return error;
    }
    default:
      return note satisfies never;
  }
}
