/** Whether something has these methods. Not `instanceof`: it may come from another copy or realm. */
export const hasMethods =
  (...names: readonly string[]) =>
  (value: unknown): boolean =>
    names.every((name) =>
      isFunction((value as Record<string, unknown> | null | undefined)?.[name]),
    );

export const isFunction = (value: unknown): boolean => typeof value === "function";
