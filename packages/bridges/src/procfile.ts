export { type FromProcfileOptions, fromProcfile } from "./procfile/from-procfile.js";
