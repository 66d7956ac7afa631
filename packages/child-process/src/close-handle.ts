/**
 * Closes what came with a message of a child: a server, a socket or a datagram socket, which nobody here
 * can be given. Left open it would hold its port and keep the host alive. False if nothing came.
 */
export function closeHandle(sent: unknown): boolean {
  if (typeof sent !== "object" || sent === null) return false;
  const { destroy, close } = sent as { destroy?: () => void; close?: () => void };
  (destroy ?? close)?.call(sent);
  return true;
}
