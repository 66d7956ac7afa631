// A callback that another supervisor's timer or a shared signal sets off must run in the async context
// of its owner. Where the runtime has AsyncLocalStorage, its snapshot does that; elsewhere there is no
// context to keep.

interface NodeLike {
  getBuiltinModule?(id: string): {
    AsyncLocalStorage?: { snapshot?(): <Result>(run: () => Result) => Result };
  };
}

/** Runs a function in the async context in which `captureContext` was called. */
export type RunInContext = <Result>(run: () => Result) => Result;

export function captureContext(): RunInContext {
  const { process } = globalThis as { process?: NodeLike };
  const storage = process?.getBuiltinModule?.("node:async_hooks")?.AsyncLocalStorage;
  return storage?.snapshot?.() ?? ((run) => run());
}
