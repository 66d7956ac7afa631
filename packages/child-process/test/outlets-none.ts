import type { Outlets } from "../src/outlets.js";

/** An attempt whose output goes into no file. */
export const noOutlets: Outlets = {
  direct: {},
  files: {},
  info: { id: "web", attempt: 2, generation: 3, cause: "restart", failures: 1 },
  stderrEnd: () => Buffer.alloc(0),
  handedOver() {},
  close() {},
};
