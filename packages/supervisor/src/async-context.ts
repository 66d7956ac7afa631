// A callback that another supervision's timer or a shared signal sets off must run in the async context
// of its owner. Where the runtime has one (Node's AsyncResource, which is fifty times as cheap as a
// snapshot of AsyncLocalStorage), it does; elsewhere there is no context to keep.

/** As much of Node's `AsyncResource` as is needed. */
interface Resource {
  runInAsyncScope<Args extends readonly unknown[], Result>(
    run: (...args: Args) => Result,
    owner: undefined,
    ...args: Args
  ): Result;
}

type AsyncResourceClass = new (
  type: string,
  options: { requireManualDestroy: boolean },
) => Resource;

type GetBuiltinModule = (id: string) => { AsyncResource?: AsyncResourceClass } | undefined;

/**
 * The async context of a moment; null where the runtime has none.
 * @since 0.1.0
 */
export type AsyncContext = object | null;

let known: {
  readonly by: GetBuiltinModule;
  readonly found: AsyncResourceClass | undefined;
} | null = null;

function asyncResource(): AsyncResourceClass | undefined {
  const by = (globalThis as { process?: { getBuiltinModule?: GetBuiltinModule } }).process
    ?.getBuiltinModule;
  if (!by) return undefined;
  if (known?.by !== by) known = { by, found: by("node:async_hooks")?.AsyncResource };
  return known.found;
}

/**
 * The async context in which it is called, for `inContext`. Effect: none. Never throws.
 *
 * @since 0.1.0
 * @example
 * const context = captureContext();
 * inContext(context, (value) => value, 42); // => 42
 */
export function captureContext(): AsyncContext {
  const AsyncResource = asyncResource();
  return AsyncResource ? new AsyncResource("steadfast", { requireManualDestroy: true }) : null;
}

/**
 * Runs a function in a context that was captured, and returns what it returns.
 *
 * Effect: while it runs, `AsyncLocalStorage` shows what it showed at the capture. Errors: what the function
 * throws.
 *
 * @since 0.1.0
 * @example
 * inContext(captureContext(), () => "done"); // => "done"
 */
export function inContext<Args extends readonly unknown[], Result>(
  context: AsyncContext,
  run: (...args: Args) => Result,
  ...args: Args
): Result {
  return context ? (context as Resource).runInAsyncScope(run, undefined, ...args) : run(...args);
}
