// Adapters that mix up whose number is whose, and speak to who is gone.

import { virtualLauncher } from "../../launcher-laws/virtual-launcher.js";
import { childFault, launcherFault, rawFault } from "./launcher-fault.js";

const WRITTEN = "written to try the kit";

export const firstNumber = launcherFault(
  {
    name: "launcher-pid-of-the-first",
    defect: "Every child has the process number of the first one.",
    seenIn: `${WRITTEN}: \`pid\``,
  },
  (runtime) => {
    const healthy = virtualLauncher(runtime);
    let first: number | undefined;
    return {
      launch(info) {
        const child = healthy.launch(info);
        first ??= child.pid;
        return first === undefined ? child : { ...child, pid: first };
      },
    };
  },
);

export const numberZero = childFault(
  {
    name: "launcher-pid-0",
    defect: "A child that was never started has the number 0: to signal it means the whole group.",
    seenIn: `${WRITTEN}: \`pid\``,
  },
  (child) => ({ pid: child.pid ?? 0 }),
);

export const closedChannel = childFault(
  {
    name: "launcher-send-throws-when-closed",
    defect: "What is sent after the exit throws: the channel is closed.",
    seenIn: "Node.js 20 `subprocess.send()`: ERR_IPC_CHANNEL_CLOSED once it is gone",
  },
  (child) => {
    let gone = false;
    void child.exited.then(() => {
      gone = true;
    });
    return {
      send(message) {
        if (gone) throw Object.assign(new Error("closed"), { code: "ERR_IPC_CHANNEL_CLOSED" });
        child.send?.(message);
      },
    };
  },
);

export const codeAsText = childFault(
  {
    name: "launcher-code-is-a-text",
    defect: "It tells the exit code as a text, which no comparison finds.",
    seenIn: `${WRITTEN}: exits of another shape`,
  },
  ({ exited }) => ({
    exited: exited.then((exit) =>
      exit.kind === "failed" && exit.code !== undefined
        ? { ...exit, code: `${exit.code}` as unknown as number }
        : exit,
    ),
  }),
);

export const killBeforeStart = rawFault(
  {
    name: "launcher-kill-before-start-is-lost",
    defect: "A kill that comes before the child runs is forgotten.",
    seenIn: `${WRITTEN}: a kill in the turn of the launch`,
  },
  (raw) => {
    let started = false;
    return {
      onEvent: (listener) =>
        raw.onEvent((event) => {
          if (event.type === "started") started = true;
          listener(event);
        }),
      force() {
        if (started) raw.force();
      },
    };
  },
);
