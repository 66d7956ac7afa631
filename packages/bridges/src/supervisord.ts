export { type FromSupervisordOptions, fromSupervisord } from "./supervisord/from-supervisord.js";
