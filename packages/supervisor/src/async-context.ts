// A callback that another supervision's timer or a shared signal sets off must run in the async context
// of its owner. Where the runtime has one (Node's AsyncResource, which is fifty times as cheap as a
// snapshot of AsyncLocalStorage), it does; elsewhere there is no context to keep.

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

/** The async context of a moment; null where the runtime has none. */
export type AsyncContext = Resource | null;

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

/** The async context in which it is called. */
export function captureContext(): AsyncContext {
  const AsyncResource = asyncResource();
  return AsyncResource ? new AsyncResource("steadfast", { requireManualDestroy: true }) : null;
}

/** Runs a function in a context that was captured. */
export function inContext<Args extends readonly unknown[], Result>(
  context: AsyncContext,
  run: (...args: Args) => Result,
  ...args: Args
): Result {
  return context ? context.runInAsyncScope(run, undefined, ...args) : run(...args);
}
