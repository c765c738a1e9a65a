/** An entry as it is typed, what is wrong with it, and what is sent of it. */
import type { HistoryRecord } from "../../queries/history";
import { text } from "../../text";
import { dayAfter, momentOf, wallOf } from "./zoned";

const words = text.history.edit.wrong;
const MINUTE = 60_000;
export const MOST_MINUTES = 720;
const YEARS_BACK = 10;

export type Draft = {
  isTimed: boolean;
  date: string;
  from: string;
  to: string;
  minutes: string;
  labelId: string | null;
  note: string;
};
export type Wrong = Partial<
  Record<"date" | "from" | "to" | "minutes" | "label_id" | "note", string>
>;
type Time = { at: string; minutes: number } | { local_date: string; minutes: number };

/** A new entry of a day: the times are asked for, since people know them more often. */
export const newDraft = (date: string): Draft => ({
  isTimed: true,
  date,
  from: "",
  to: "",
  minutes: "25",
  labelId: null,
  note: "",
});

/** An entry of the list as it can be typed anew. */
export function draftOf(record: HistoryRecord, zone: string): Draft {
  const isTimed = record.ended_at !== null;
  return {
    isTimed,
    date: isTimed ? wallOf(record.at, zone).date : record.local_date,
    from: isTimed ? wallOf(record.at, zone).time : "",
    to: record.ended_at === null ? "" : wallOf(record.ended_at, zone).time,
    minutes: String(record.minutes),
    labelId: record.label_id,
    note: record.note,
  };
}

/** When a draft begins and how long it is; null while its times are not typed. */
export function spanOfDraft({ date, from, to }: Draft, zone: string) {
  if (date === "" || from === "" || to === "") return null;
  const isNextDay = to <= from;
  const begins = momentOf(date, from, zone);
  const ends = momentOf(isNextDay ? dayAfter(date, 1) : date, to, zone);
  const minutes = begins === null || ends === null ? null : Math.round((ends - begins) / MINUTE);
  return { isNextDay, begins, ends, minutes };
}

/** What is wrong with a draft as far as a page can tell; the service has the last word. */
export function wrongIn(draft: Draft, zone: string, now: number): Wrong {
  const { date } = draft;
  const today = wallOf(now, zone).date;
  if (date === "") return { date: words.date };
  if (date > today) return { date: words.future };
  if (date < `${Number(today.slice(0, 4)) - YEARS_BACK}${today.slice(4)}`) {
    return { date: words.old };
  }
  return draft.isTimed ? wrongTimes(draft, zone, now) : wrongMinutes(draft);
}

function wrongMinutes({ minutes }: Draft): Wrong {
  const isFine =
    /^\d{1,3}$/.test(minutes) && Number(minutes) >= 1 && Number(minutes) <= MOST_MINUTES;
  return isFine ? {} : { minutes: words.minutes };
}

function wrongTimes(draft: Draft, zone: string, now: number): Wrong {
  const missing = {
    ...(draft.from === "" ? { from: words.from } : {}),
    ...(draft.to === "" ? { to: words.to } : {}),
  };
  const span = spanOfDraft(draft, zone);
  if (span === null) return missing;
  if (draft.from === draft.to) return { to: words.same };
  if (span.begins === null) return { from: words.skipped };
  if (span.ends === null) return { to: words.skipped };
  if (span.minutes === null || span.minutes > MOST_MINUTES) return { to: words.long };
  if (span.ends > now) return { to: words.future };
  return {};
}

/** What is sent of a draft that has nothing wrong. */
export function timeOf(draft: Draft, zone: string): Time {
  const span = draft.isTimed ? spanOfDraft(draft, zone) : null;
  if (span === null || span.begins === null || span.minutes === null) {
    return { local_date: draft.date, minutes: Number(draft.minutes) };
  }
  return { at: new Date(span.begins).toISOString(), minutes: span.minutes };
}
