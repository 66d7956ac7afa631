// A worker's functions for requests, by name.

import type { RequestHandler, RequestInfo } from "@steadfast/supervisor/answering";
import { whenActive } from "./when-active.js";
import { isCall } from "./wire.js";
import { onRequest } from "./worker-messages.js";
import { ready } from "./worker-words.js";

/**
 * The functions of a worker, by name. `default` is meant where none is named.
 * @since 0.1.0
 */
export type Served = Readonly<Record<string, RequestHandler>>;

/**
 * Answers requests with functions: one, or several by name (`name` of `pool.run`), and says that this worker is ready.
 *
 * In short for `onRequest(...)`, `await whenActive()` and `ready()`, so that it is all that a worker of a pool needs. Where no
 * name is given, it is the function `default`. A request for a function that is not there rejects with the code
 * `ERR_NO_SUCH_FUNCTION` and the names that are. In a program that is no worker it does nothing. Errors: none.
 *
 * @since 0.1.0
 * @example
 * serve({
 *   default: ({ a, b }: { a: number; b: number }) => a + b,
 *   double: (n: number) => 2 * n,
 * });
 */
export function serve(functions: RequestHandler | Served): void {
  const served = new Map(
    typeof functions === "function" ? [["default", functions]] : Object.entries(functions),
  );
  onRequest((request: unknown, info: RequestInfo) => {
    const [name, message] = isCall(request)
      ? [request.name, request.message]
      : ["default", request];
    const found = served.get(name);
    if (!found) throw noSuch(name, [...served.keys()]);
    return found(message as never, info);
  });
  void whenActive().then(ready);
}

function noSuch(name: string, known: readonly string[]): Error {
  const message = `the worker serves no function "${name}" (known: ${known.join(", ")})`;
  return Object.assign(new TypeError(message), { code: "ERR_NO_SUCH_FUNCTION" });
}
