import type { Schemas } from "../../api/client";
import { duration } from "../../format";
import type { HistoryRecord, MarkedDay } from "../../queries/history";
import type { Label } from "../../queries/labels";
import { text } from "../../text";
import { type Day, minutesOf } from "./days";
import { MarkShape } from "../calendar/MarkShape";
import { RecordRow } from "./RecordRow";
import { Ribbon } from "./Ribbon";
import { dayName, type Reading } from "../entry/times";

const words = text.history;

export type Shared = {
  labels: Map<string, Label>;
  plants: Map<string, Schemas["LandscapePlant"]>;
  reading: Reading;
  today: string;
  onOpen: (record: HistoryRecord) => void;
};

type Props = Shared & {
  day: Day;
  /** The day as the calendar knows it; undefined where a part of it alone is listed. */
  marked?: MarkedDay;
  /** True where more of this day may come with the next page. */
  isCut: boolean;
};

/** A day of the list: its name and sum stay in sight while its records pass. */
export function DayGroup({ day, marked, isCut, labels, plants, reading, today, onOpen }: Props) {
  const listed = minutesOf(day.records);
  const focus = marked?.focus_min ?? (isCut ? null : listed.focus);
  const manual = marked?.manual_min ?? (isCut ? 0 : listed.manual);
  return (
    <section className="history-day" aria-label={dayName(day.date, today)}>
      <header>
        <h2>{dayName(day.date, today)}</h2>
        {marked?.met === true && (
          <span className="met">
            <MarkShape shape="met" />
            {words.day.met}
          </span>
        )}
        {focus !== null && <DaySum focus={focus} manual={manual} />}
      </header>
      <div className="day-body">
        <Ribbon date={day.date} records={day.records} labels={labels} zone={reading.zone} />
        <ul>
          {day.records.map((record) => (
            <RecordRow
              key={record.id}
              record={record}
              label={record.label_id === null ? undefined : labels.get(record.label_id)}
              plant={plants.get(record.id)}
              reading={reading}
              onOpen={onOpen}
            />
          ))}
        </ul>
      </div>
    </section>
  );
}

/** The minutes of a day: what was credited, and beside it what was told. */
export function DaySum({ focus, manual }: { focus: number; manual: number }) {
  return (
    <span className="minutes-sum">
      {(focus > 0 || manual === 0) && <strong>{duration(focus)}</strong>}
      {manual > 0 && (
        <span className="told">
          <i className="hatched" aria-hidden="true" />
          {words.day.told(duration(manual))}
        </span>
      )}
    </span>
  );
}
