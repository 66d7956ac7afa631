import type { Launcher, LaunchInfo, LiveChild } from "@steadfast/supervisor";
import type { RawChild, RawEvent } from "../../launcher-laws/raw-child.js";
import type { VirtualRuntime } from "../../launcher-laws/runtime-record.js";
import { virtualLauncher } from "../../launcher-laws/virtual-launcher.js";
import { type ExhibitOf, exhibit, type Sign } from "../exhibit.js";

/** A launcher of its own. */
export function launcherFault(
  sign: Sign,
  make: (runtime: VirtualRuntime) => Launcher,
): ExhibitOf<"launcher"> {
  return exhibit("launcher", sign, make);
}

/** `virtualLauncher`, except for the parts of its children that `fault` gives. */
export function childFault(
  sign: Sign,
  fault: (healthy: LiveChild, runtime: VirtualRuntime) => Partial<LiveChild>,
): ExhibitOf<"launcher"> {
  return launcherFault(sign, (runtime) => {
    const healthy = virtualLauncher(runtime);
    return {
      launch(info: LaunchInfo) {
        const child = healthy.launch(info);
        return { ...child, ...fault(child, runtime) };
      },
    };
  });
}

/** `virtualLauncher` over raw children that `fault` has changed. */
export function rawFault(
  sign: Sign,
  fault: (raw: RawChild) => Partial<RawChild>,
): ExhibitOf<"launcher"> {
  return launcherFault(sign, (runtime) =>
    virtualLauncher({
      ...runtime,
      start() {
        const raw = runtime.start();
        return { ...raw, ...fault(raw) };
      },
    }),
  );
}

/** `virtualLauncher` to which events come through `pass`: null keeps one back. */
export function eventFault(
  sign: Sign,
  pass: (event: RawEvent) => RawEvent | null,
): ExhibitOf<"launcher"> {
  return rawFault(sign, (raw) => ({
    onEvent: (listener) =>
      raw.onEvent((event) => {
        const passed = pass(event);
        if (passed) listener(passed);
      }),
  }));
}
