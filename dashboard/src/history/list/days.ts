/** The records of a list by their days. */
import type { HistoryRecord } from "../../queries/history";

export type Day = { key: string; date: string; records: HistoryRecord[] };

/**
 * Group a list by day, in its order. A day comes twice where the user moved over zones
 * within it: what happened between stays between.
 */
export function byDay(records: HistoryRecord[]): Day[] {
  const days: Day[] = [];
  for (const record of records) {
    const last = days.at(-1);
    if (last?.date === record.local_date) last.records.push(record);
    else {
      const { id, local_date: date } = record;
      days.push({ key: `${date} ${id}`, date, records: [record] });
    }
  }
  return days;
}

/** The credited and the told minutes of some records. */
export function minutesOf(records: HistoryRecord[]): { focus: number; manual: number } {
  const sum = (kind: HistoryRecord["kind"]) =>
    records.reduce((all, record) => all + (record.kind === kind ? record.minutes : 0), 0);
  return { focus: sum("session"), manual: sum("entry") };
}
