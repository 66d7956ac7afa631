export { type LogOptions, logEvents } from "./console/log-events.js";
