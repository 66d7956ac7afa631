export type {
  ChildReport,
  FenceDecision,
  SlotCommand,
  SlotEvent,
  SlotEventType,
  SlotHalt,
  SlotLaunch,
  SlotLimit,
  SlotReport,
  SlotRestart,
  SlotStop,
  SlotVerdict,
} from "./alphabet.js";
export { type ChildSlot, childSlot } from "./child-slot.js";
export type { SlotOccurrence } from "./deadlines.js";
export { IllegalTransitionError, isIllegalTransitionError } from "./errors.js";
export { eventFault } from "./event-fault.js";
export type { ChildSlotOptions } from "./options.js";
export type { Readiness, SlotRecord } from "./record.js";
export type {
  AlivePhase,
  CancellingPhase,
  Heartbeat,
  LimitView,
  PendingRestart,
  ReadyPhase,
  RestartLimit,
  RunningPhase,
  SlotIntent,
  SlotPhase,
  SlotState,
  SlotStatus,
  StartingPhase,
  StopCause,
  StoppedPhase,
} from "./state.js";
export { type SlotRule, slotTable } from "./table.js";
