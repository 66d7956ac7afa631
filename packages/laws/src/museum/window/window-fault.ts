import { restartPolicy } from "@steadfast/policy";
import { type ExhibitOf, exhibit, type Sign } from "../exhibit.js";
import {
  type WindowOptions,
  type WindowParts,
  windowOptions,
  windowParts,
} from "../reference/window.js";

type Filled = Required<WindowOptions>;

/** The healthy window, except for the parts that `fault` gives. */
export function windowFault(
  sign: Sign,
  fault: (healthy: WindowParts, options: Filled) => Partial<WindowParts>,
  shownBy?: WindowOptions,
): ExhibitOf<"window"> {
  const make = (options?: WindowOptions) => {
    const filled = windowOptions(options);
    const healthy = windowParts(filled);
    return restartPolicy({ ...healthy, ...fault(healthy, filled) });
  };
  return exhibit("window", sign, make, shownBy);
}
