export { type ExamineOptions, examine } from "./museum/examine.js";
export type {
  Exhibit,
  ExhibitKind,
  ExhibitOf,
  Families,
  Family,
  FamilyOptions,
  Sign,
} from "./museum/exhibit.js";
export { type FamilyTest, type Grade, type GradeOptions, gradeTests } from "./museum/grade.js";
export { healthy } from "./museum/healthy.js";
export { museum } from "./museum/museum.js";
export type { BackoffOptions } from "./museum/reference/backoff.js";
export type { BudgetOptions } from "./museum/reference/budget.js";
export type { WindowOptions } from "./museum/reference/window.js";
export {
  type FaultySupervision,
  faultySupervisions,
} from "./museum/supervision/faulty-supervisions.js";
