// What listeners hear is published, too, for tools that watch a whole process: one channel of Node's
// `diagnostics_channel` for all supervisions. At no cost while nobody subscribes, and where there is no
// such thing there is nothing to publish to.

import type { SupervisorEvent } from "./events.js";

/** The name of the channel on which every event of every supervision is published. */
export const CHANNEL = "steadfast:event";

interface Channel {
  readonly hasSubscribers: boolean;
  publish(message: unknown): void;
}

interface NodeLike {
  getBuiltinModule?(id: string): { channel?(name: string): Channel } | undefined;
}

let channel: Channel | null | undefined;

function eventChannel(): Channel | null {
  const { process } = globalThis as { process?: NodeLike };
  channel ??= process?.getBuiltinModule?.("node:diagnostics_channel")?.channel?.(CHANNEL) ?? null;
  return channel;
}

/** Whether anybody subscribes. */
export const isWatched = (): boolean => eventChannel()?.hasSubscribers ?? false;

export function publish(event: SupervisorEvent): void {
  const to = eventChannel();
  if (to?.hasSubscribers) to.publish(event);
}
