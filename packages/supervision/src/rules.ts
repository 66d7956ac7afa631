import { type ChildSlot, childSlot } from "@steadfast/child-slot";
import { allOf, isRemotePolicy, type RemotePolicy, type RestartPolicy } from "@steadfast/policy";
import type { SupervisionSettings } from "./settings.js";

/** The rules of one kind of child: shared by all children of the kind. */
export interface Rules {
  readonly settings: SupervisionSettings;
  readonly slot: ChildSlot;
  /** The child's own policy; null if it is a remote one. */
  readonly own: RestartPolicy | null;
  /** What is stepped: the child's own policy, joined with that of the shared budget. */
  readonly policy: RestartPolicy | null;
  readonly remote: RemotePolicy | null;
}

/** Makes them. Throws `PolicyOptionsError` under the caller's name, also for the slot's options. */
export function rulesOf(settings: SupervisionSettings, owner: string): Rules {
  const { policy, shared } = settings;
  const slot = childSlot({ ...settings.slot, id: "child" }, owner);
  if (isRemotePolicy(policy)) return { settings, slot, own: null, policy: null, remote: policy };
  const joined = shared ? (allOf(policy, shared) as RestartPolicy) : policy;
  return { settings, slot, own: policy, policy: joined, remote: null };
}
