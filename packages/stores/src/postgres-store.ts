// A store on PostgreSQL: a row per key, replaced by one statement. Its clock is the server's.

import { PolicyOptionsError, readArguments, readOptions } from "@steadfast/policy";
import type { Store, Stored } from "./store.js";

/**
 * Options of a store on PostgreSQL.
 * @since 0.1.0
 */
export interface PostgresStoreOptions {
  /**
   * Runs one statement and settles with its rows, whatever the client library: `(text, values) => pool.query(text,
   * values)` with pg. Not inside a transaction of yours: what is written must be there for all at once.
   */
  readonly query: (text: string, values: string[]) => Promise<{ readonly rows: readonly object[] }>;
  /** Its table, as it is written in SQL: made by `createTable`. Default `steadfast_policy`. */
  readonly table?: string;
}

/**
 * A store on PostgreSQL.
 * @since 0.1.0
 */
export interface PostgresStore extends Store {
  /** Makes the table if it is not there. */
  createTable(): Promise<void>;
}

/** A name as SQL takes it without quotes, perhaps with a schema. */
const NAME = /^[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)?$/;

/**
 * A store on PostgreSQL 9.5 or later.
 *
 * Decides nothing. The clock is the server's `clock_timestamp()`: after a failover to a server whose clock is behind, a
 * policy's time stands still until it has caught up. A write that was acknowledged survives whatever a commit of that server
 * survives. Effect: one row per key. Errors: `PolicyOptionsError` for options; what `query` rejects with.
 *
 * @since 0.1.0
 * @example
 * const store = postgresStore({ query: async () => ({ rows: [{ now: "1000", revision: null, value: null }] }) });
 * await store.read("web", new AbortController().signal); // => { now: 1_000, entry: null }
 */
export function postgresStore(options: PostgresStoreOptions): PostgresStore {
  readArguments("postgresStore", arguments, 1);
  const read = readOptions("postgresStore", options);
  const query = read.checked<PostgresStoreOptions["query"]>(
    "query",
    "a function that runs one statement, such as (text, values) => pool.query(text, values)",
    (value) => typeof value === "function",
  );
  const table = read.checked(
    "table",
    "a name of lower-case letters, digits and _, perhaps after a schema and a dot",
    (value) => typeof value === "string" && NAME.test(value),
    "steadfast_policy",
  );
  read.end();
  const run = async (text: string, values: string[]) => rowsOf(await query(text, values));
  const readOne = async (key: string): Promise<Stored> =>
    storedOf(await run(sqlRead(table), [key]));
  return {
    name: "postgresStore",
    async createTable() {
      await query(sqlCreate(table), []);
    },
    read: readOne,
    async swap(key, expected, { revision, value }) {
      const written =
        expected === null
          ? await run(sqlInsert(table), [key, revision, value])
          : await run(sqlUpdate(table), [key, revision, value, expected]);
      return written.length > 0 ? null : readOne(key);
    },
  };
}

const sqlCreate = (table: string) =>
  `create table if not exists ${table} (key text primary key, revision text not null, value text not null)`;
const sqlRead = (table: string) =>
  `select floor(extract(epoch from clock_timestamp()) * 1000)::text as now, revision, value
  from (values ($1::text)) as wanted (key) left join ${table} using (key)`;
const sqlInsert = (table: string) =>
  `insert into ${table} (key, revision, value) values ($1, $2, $3) on conflict (key) do nothing returning key`;
const sqlUpdate = (table: string) =>
  `update ${table} set revision = $2, value = $3 where key = $1 and revision = $4 returning key`;

interface Row {
  readonly now?: unknown;
  readonly revision?: unknown;
  readonly value?: unknown;
}

function rowsOf(result: { readonly rows: readonly object[] }): readonly Row[] {
  if (Array.isArray(result?.rows)) return result.rows as readonly Row[];
  throw new PolicyOptionsError(
    "postgresStore",
    "query",
    "a function that answers { rows }",
    result,
  );
}

function storedOf([row]: readonly Row[]): Stored {
  const { now, revision, value } = row ?? {};
  const entry = typeof revision === "string" ? { revision, value: String(value) } : null;
  return { now: Number(now), entry };
}
