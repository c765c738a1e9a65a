import { calendarDay } from "../format";
import type { MarkedDay } from "../queries/today";
import { text } from "../text";

const words = text.today.day;

/** The days of the week with what each is to the streak: told by shape, and in words. */
export function WeekDots({ days, today }: { days: MarkedDay[]; today: string }) {
  return (
    <ol className="week-dots" aria-label={words.week}>
      {days.map(({ date, mark }) => {
        const said = mark ? words.marks[mark] : words.ahead;
        return (
          <li key={date} data-mark={mark ?? "none"} data-today={date === today || undefined}>
            <span aria-hidden="true">{calendarDay(date, { weekday: "narrow" })}</span>
            <i aria-hidden="true" />
            <span className="visually-hidden">
              {words.mark(calendarDay(date, { weekday: "long" }), said)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
