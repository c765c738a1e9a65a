import type { HistoryRecord } from "../../queries/history";
import type { Label } from "../../queries/labels";
import { wallOf } from "../entry/zoned";

const MINUTES = 1440;
/** The least length of a block, in minutes: a session of one is seen too. */
const LEAST = 8;

type Props = { date: string; records: HistoryRecord[]; labels: Map<string, Label>; zone: string };

const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const share = (minutes: number) => `${(minutes / MINUTES) * 100}%`;

/** Where on its day a record lies; null where it has no times, or none on this day. */
function placeOf({ at, ended_at, minutes }: HistoryRecord, date: string, zone: string) {
  const start = wallOf(at, zone);
  if (ended_at === null || minutes === 0 || start.date !== date) return null;
  const from = Math.min(minuteOf(start.time), MINUTES - LEAST);
  return { left: share(from), width: share(Math.min(Math.max(minutes, LEAST), MINUTES - from)) };
}

/** A day from midnight to midnight, with what was done on it; the list says the same. */
export function Ribbon({ date, records, labels, zone }: Props) {
  return (
    <div className="day-ribbon" aria-hidden="true">
      {records.map((record) => {
        const place = placeOf(record, date, zone);
        if (place === null) return null;
        const color = record.label_id === null ? undefined : labels.get(record.label_id)?.color;
        const style = { ...place, color: color && `var(--label-${color})` };
        const isTold = record.kind === "entry";
        return <i key={record.id} className={isTold ? "hatched" : "seen"} style={style} />;
      })}
    </div>
  );
}
