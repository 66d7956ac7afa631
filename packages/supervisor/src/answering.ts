export { answerSignal } from "./answering/answer-signal.js";
export {
  type Answerer,
  answerer,
  type Moved,
  moved,
  type PostAnswer,
  type RequestHandler,
  type RequestInfo,
} from "./answering/answerer.js";
export type { AnswerWord, RequestWord } from "./answering/request-words.js";
export { isNote, type Note, thrownNote, thrownOf } from "./answering/thrown-note.js";
