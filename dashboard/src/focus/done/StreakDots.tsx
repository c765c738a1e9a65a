import type { Schemas } from "../../api/client";
import { calendarDay } from "../../format";
import { text } from "../../text";

const words = text.done;

type Props = {
  today: Schemas["TodayStats"];
  /** False while the figures are those from before the end. */
  fills: boolean;
};

/** The days of this week as dots, today's filling, with the kept streak. */
export function StreakDots({ today, fills }: Props) {
  const { length, freezes } = today.streak;
  return (
    <>
      <p className="streak-lead">
        <Flame />
        <strong>{length > 0 ? words.streak(length) : words.noStreak}</strong>
      </p>
      <ol className="week-marks">
        {today.week.days.map(({ date, mark }) => {
          const isToday = date === today.date;
          const shown = isToday && !fills && mark === "focused" ? "open" : (mark ?? "none");
          return (
            <li key={date} data-mark={shown} data-today={isToday || undefined}>
              <span className="visually-hidden">
                {words.day(calendarDay(date, { weekday: "long" }), words.marks[shown])}
              </span>
              <i aria-hidden="true">{shown === "focused" && <Check />}</i>
              <span aria-hidden="true">{calendarDay(date, { weekday: "narrow" })}</span>
            </li>
          );
        })}
      </ol>
      {freezes > 0 && <p className="lesser">{words.freezes(freezes)}</p>}
    </>
  );
}

function Flame() {
  return (
    <svg viewBox="0 0 24 24" width="22" height="22" className="flame" aria-hidden="true">
      <path d="M12 2c1 4 6 6.500 6 12a6 6 0 0 1-12 0c0-2.600 1.400-4.300 2.800-5.600C9 10.500 9.700 11.600 10.700 12 10.500 8.500 10.300 5 12 2Z" />
    </svg>
  );
}

function Check() {
  return (
    <svg viewBox="0 0 16 16">
      <path d="m4 8.500 2.700 2.700L12 5.600" />
    </svg>
  );
}
