/** The service's refusal of an entry in words, each at the field that it is about. */
import { useQuery } from "@tanstack/react-query";

import { ApiError } from "../../api/errors";
import { duration } from "../../format";
import { recordOf } from "../../queries/history";
import { text } from "../../text";
import type { Wrong } from "./entry";
import { type Reading, spanOf } from "./times";

const words = text.history;
const MINUTES_OF_A_DAY = 1440;

type Refusal = {
  wrong: Wrong;
  /** What is about no field. */
  rest: Error | null;
};

/** The refusal by field; whose time is taken is asked for, so that it can be named. */
export function useRefusal(error: Error | null, isTimed: boolean, reading: Reading): Refusal {
  const takenBy = error instanceof ApiError ? error.fields.record_id?.[0] : undefined;
  const other = useQuery({ ...recordOf(takenBy ?? ""), enabled: takenBy !== undefined }).data;
  if (!(error instanceof ApiError)) return { wrong: {}, rest: error };
  const { wrong } = words.edit;
  if (takenBy !== undefined) {
    const what = other && (other.kind === "entry" ? words.record.entry : words.record.session);
    const when = other && `${spanOf(other, reading)}, ${duration(other.minutes)}`;
    return { wrong: { from: what && when ? wrong.takenBy(what, when) : wrong.taken }, rest: null };
  }
  const first = isTimed ? "from" : "minutes";
  if (error.code === "TIME_TAKEN") {
    return { wrong: { [first]: wrong.full(MINUTES_OF_A_DAY) }, rest: null };
  }
  if (error.code === "TOO_MANY_ENTRIES") return { wrong: {}, rest: new Error(wrong.tooMany) };
  if (error.code === "ENTRY_NOT_FOUND" || error.code === "RECORD_NOT_FOUND") {
    return { wrong: {}, rest: new Error(wrong.gone) };
  }
  const { at, local_date, minutes, note, label_id } = error.fields;
  const found: Wrong = {
    ...(at && { from: at[0] }),
    ...(local_date && { date: wrong.futureDay }),
    ...(minutes && { [isTimed ? "to" : "minutes"]: wrong.minutes }),
    ...(label_id && { label_id: wrong.label }),
    ...(note && { note: note[0] }),
  };
  return { wrong: found, rest: Object.keys(found).length > 0 ? null : error };
}
