// What a person may order, by the name of a child: the answer is a sentence, and whether it was done.

import { didYouMean } from "@steadfast/policy";
import type { Host } from "./host.js";

export interface Answer {
  readonly done: boolean;
  readonly text: string;
}

const done = (text: string): Answer => ({ done: true, text });
const not = (text: string): Answer => ({ done: false, text });

const BY = { requester: "operator", reason: "ordered" } as const;

/** Restarts a child; all replicas of a name, one after the other. */
export async function restart(host: Host, name: string): Promise<Answer> {
  const ids = idsOf(host, name);
  if (ids.length === 0) return unknown(host, name);
  if (ids.length > 1 || ids[0] !== name) {
    const rolled = await host.tree.roll(name);
    return rolled.ok ? done(`${name} was restarted, one after the other`) : not(rolled.error);
  }
  const child = host.tree.child(name);
  const status = child.status();
  if (status?.intent !== "active") {
    child.resume();
    return done(`${name} is started again`);
  }
  if (status.done) {
    const answer = await host.tree.restartChild(name);
    return answer.ok ? done(`${name} is started again`) : not(`${name}: ${answer.error}`);
  }
  const answer = child.restart(BY);
  if (typeof answer === "object") return not(`${name} is not restarted: ${answer.reason}`);
  return done(`${name}: ${answer.replaceAll("-", " ")}`);
}

/** Ends a child, and keeps it stopped until it is restarted. */
export function stop(host: Host, name: string): Answer {
  const ids = idsOf(host, name);
  if (ids.length === 0) return unknown(host, name);
  for (const id of ids) host.tree.child(id).pause();
  return done(`${name} is stopped; restart starts it again`);
}

/** Asks a child to read its configuration again. */
export function reload(host: Host, name: string): Answer {
  const ids = idsOf(host, name);
  if (ids.length === 0) return unknown(host, name);
  const deaf = ids.filter((id) => !host.tree.child(id).reload());
  if (deaf.length === 0) return done(`${name} was asked to reload`);
  return not(`${deaf.join(", ")} cannot be asked to reload: it is not up, or has no reloadSignal`);
}

/** The children of a name: itself, or its replicas. */
export function idsOf(host: Host, name: string): readonly string[] {
  const { children } = host.tree.status();
  return children.filter(({ id, kind }) => id === name || kind === name).map(({ id }) => id);
}

export function unknown(host: Host, name: string): Answer {
  const { names } = host;
  const hint = didYouMean(name, names) || `there are ${names.join(", ")}`;
  return not(`there is no ${name} here (${hint})`);
}
