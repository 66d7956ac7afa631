import { type ChildSlot, type ChildSlotOptions, childSlot } from "@steadfast/child-slot";
import { type ExhibitOf, exhibit, type Sign } from "../exhibit.js";

/** `childSlot`, except for the parts that `fault` gives. */
export function slotFault(
  sign: Sign,
  fault: (healthy: ChildSlot, options: ChildSlotOptions) => Partial<ChildSlot>,
): ExhibitOf<"slot"> {
  return exhibit("slot", sign, (options) => {
    const healthy = childSlot(options);
    return { ...healthy, ...fault(healthy, options) };
  });
}
