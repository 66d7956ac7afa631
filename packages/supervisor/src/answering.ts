export { answerSignal } from "./answering/answer-signal.js";
export {
  type Answerer,
  type AnswerWord,
  answerer,
  type Moved,
  moved,
  type PostAnswer,
  type RequestHandler,
  type RequestInfo,
  type RequestWord,
} from "./answering/answerer.js";
export { isNote, type Note, thrownNote, thrownOf } from "./answering/thrown-note.js";
