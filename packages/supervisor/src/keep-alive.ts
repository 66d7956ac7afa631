// What keeps a process alive without a timer, which a test may have replaced.

declare const MessageChannel: (new () => { readonly port1: Port }) | undefined;

interface Port {
  /** Node's alone: elsewhere a process does not end while it waits. */
  ref?(): void;
  close(): void;
}

/** Keeps the process alive until what it returned is called. */
export function keepAlive(): () => void {
  const port = typeof MessageChannel === "function" ? new MessageChannel().port1 : null;
  port?.ref?.();
  return () => port?.close();
}
