export { type DropIn, type FromUnitOptions, fromUnit } from "./systemd/from-unit.js";
export { type SystemdUnit, type ToSystemdOptions, toSystemd } from "./systemd/to-systemd.js";
