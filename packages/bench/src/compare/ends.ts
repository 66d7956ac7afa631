// How a promise ended within a time, and in words.

export type End =
  | { readonly type: "resolved"; readonly value: unknown }
  | { readonly type: "rejected"; readonly error: unknown }
  | { readonly type: "pending"; readonly afterMs: number };

export async function endOf(promise: Promise<unknown>, patienceMs: number): Promise<End> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<End>((resolve) => {
    timer = setTimeout(() => resolve({ type: "pending", afterMs: patienceMs }), patienceMs);
  });
  const end = promise.then(
    (value): End => ({ type: "resolved", value }),
    (error: unknown): End => ({ type: "rejected", error }),
  );
  const first = await Promise.race([end, late]);
  clearTimeout(timer);
  return first;
}

export function endText(end: End): string {
  switch (end.type) {
    case "resolved":
      return `resolves with ${String(end.value)}`;
    case "rejected":
      return `rejects: ${end.error instanceof Error ? end.error.message : String(end.error)}`;
    case "pending":
      return `pending after ${end.afterMs / 1_000} s`;
  }
}

export const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
