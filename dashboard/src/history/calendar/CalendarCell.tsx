import { calendarDay, duration } from "../../format";
import type { MarkedDay } from "../../queries/history";
import { text } from "../../text";
import { MarkShape } from "./MarkShape";
import { fullDay } from "../entry/times";

const words = text.history.calendar;

type Props = {
  date: string;
  day: MarkedDay | undefined;
  today: string;
  isOpen: boolean;
  /** The one day of the month that Tab stops at; the arrows lead on. */
  isStop: boolean;
  onOpen: (date: string) => void;
};

/** A day of the calendar: its number, its mark, and a hatched foot where entries are. */
export function CalendarCell({ date, day, today, isOpen, isStop, onOpen }: Props) {
  const shape = day?.met === true && day.mark === "focused" ? "met" : day?.mark;
  const said = day === undefined ? [] : partsOf(day);
  return (
    <button
      type="button"
      className="month-cell"
      data-day={date}
      tabIndex={isStop ? 0 : -1}
      aria-current={date === today ? "date" : undefined}
      aria-pressed={isOpen}
      aria-label={words.cell(fullDay(date, today), said)}
      title={said.join(", ") || undefined}
      disabled={date > today}
      onClick={() => onOpen(date)}
    >
      <span className="day-number">{calendarDay(date, { day: "numeric" })}</span>
      {shape ? <MarkShape shape={shape} /> : <i className="day-mark" aria-hidden="true" />}
      {day !== undefined && day.manual_min > 0 && (
        <i className="told-foot hatched" aria-hidden="true" />
      )}
    </button>
  );
}

function partsOf({ mark, met, focus_min, manual_min }: MarkedDay): string[] {
  const { day } = text.history;
  return [
    mark === null || mark === "focused" ? "" : words.marks[mark],
    focus_min > 0 ? day.sum(duration(focus_min)) : "",
    manual_min > 0 ? day.told(duration(manual_min)) : "",
    met === true ? day.met : "",
  ].filter((part) => part !== "");
}
