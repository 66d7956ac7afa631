// Tables and records by names that somebody else chose: `constructor` and `__proto__` are names like any other.

/** The entry that a table has itself under a name; undefined for none. */
export function ownEntry<Value>(
  table: { readonly [name: string]: Value },
  name: string,
): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Sets an entry under any name. */
export function setEntry<Value>(
  record: { [name: string]: Value },
  name: string,
  value: Value,
): void {
  Object.defineProperty(record, name, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}
