// Runs before every test file: fast-check takes its seed and number of runs from one place.

import fc from "fast-check";
import { propertyRuns } from "./property-runs.ts";

fc.configureGlobal({ ...fc.readConfigureGlobal(), ...propertyRuns() });
