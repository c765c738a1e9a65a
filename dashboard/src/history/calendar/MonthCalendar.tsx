import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useId, useRef, useState } from "react";

import { calendarDay, duration } from "../../format";
import { ErrorNotice } from "../../parts/notices/Feedback";
import { calendarOf, type MarkedDay } from "../../queries/history";
import { text } from "../../text";
import { CalendarCell } from "./CalendarCell";
import { MarkShape } from "./MarkShape";
import { countsOf, monthAfter, weekOf, weeksOf, type WeekStart } from "./month";
import { useHasRoom } from "../list/useHasRoom";
import { dayAfter } from "../entry/zoned";

const words = text.history.calendar;
/** The steps of the arrow keys, in days. */
const STEPS: Record<string, number> = { ArrowUp: -7, ArrowDown: 7 };

type Props = {
  /** The day that is open. */
  day: string | undefined;
  today: string;
  weekStart: WeekStart;
  onOpen: (day: string) => void;
};

/** A month with the marks of its days; on a phone its week, until more is asked for. */
export function MonthCalendar({ day, today, weekStart, onOpen }: Props) {
  const hasRoom = useHasRoom();
  const [isWhole, setIsWhole] = useState(false);
  const [month, setMonth] = useState((day ?? today).slice(0, 7));
  const [opened, setOpened] = useState(day);
  if (day !== opened) {
    // Opened from elsewhere, such as the day before: its month is shown.
    setOpened(day);
    if (day !== undefined) setMonth(day.slice(0, 7));
  }
  const grid = useRef<HTMLTableElement>(null);
  const title = useId();
  const found = useQuery(calendarOf(Number(month.slice(0, 4))));
  const days = new Map(found.data?.days.map((one) => [one.date, one]));
  const near = [day, today].find((date) => date?.startsWith(month)) ?? `${month}-01`;
  const isWeek = !hasRoom && !isWhole;
  const weeks = isWeek
    ? [Array.from({ length: 7 }, (_, n) => dayAfter(weekOf(near, weekStart), n))]
    : weeksOf(month, weekStart);
  const move = (event: KeyboardEvent) => {
    const sideways = getComputedStyle(event.currentTarget).direction === "rtl" ? -1 : 1;
    const step = { ...STEPS, ArrowLeft: -sideways, ArrowRight: sideways }[event.key];
    const from = (event.target as HTMLElement).dataset.day;
    if (step === undefined || from === undefined) return;
    event.preventDefault();
    grid.current?.querySelector<HTMLElement>(`[data-day="${dayAfter(from, step)}"]`)?.focus();
  };
  return (
    <section className="history-month" aria-labelledby={title}>
      <header>
        <h2 id={title}>{calendarDay(`${month}-01`, { month: "long", year: "numeric" })}</h2>
        <Turn
          name={words.previous}
          onClick={() => setMonth(monthAfter(month, -1))}
          path="m14.5 6-6 6 6 6"
        />
        <Turn
          name={words.next}
          onClick={() => setMonth(monthAfter(month, 1))}
          path="m9.5 6 6 6-6 6"
        />
      </header>
      <table ref={grid} onKeyDown={move}>
        <thead>
          <tr>
            {Array.from({ length: 7 }, (_, n) => dayAfter(weekOf(today, weekStart), n)).map(
              (date) => (
                <th key={date} scope="col" abbr={calendarDay(date, { weekday: "long" })}>
                  {calendarDay(date, { weekday: "narrow" })}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week.join()}>
              {week.map((date, n) => (
                <td key={date ?? n}>
                  {date !== null && (
                    <CalendarCell
                      date={date}
                      day={days.get(date)}
                      today={today}
                      isOpen={date === day}
                      isStop={date === near}
                      onOpen={onOpen}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <ErrorNotice error={found.error} again={() => void found.refetch()} />
      {!hasRoom && (
        <button
          type="button"
          className="link-button"
          aria-expanded={isWhole}
          onClick={() => setIsWhole(!isWhole)}
        >
          {isWhole ? words.hide : words.show}
        </button>
      )}
      {!isWeek && <Legend days={[...days.values()].filter(({ date }) => date.startsWith(month))} />}
    </section>
  );
}

function Turn({ name, path, onClick }: { name: string; path: string; onClick: () => void }) {
  return (
    <button type="button" className="icon-button" aria-label={name} onClick={onClick}>
      <svg viewBox="0 0 24 24" className="turns" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
}

/** What a month came to: each mark with its word, and how many days have it. */
function Legend({ days }: { days: MarkedDay[] }) {
  if (days.length === 0) return null;
  const { shapes, met, told, focus, manual } = countsOf(days);
  return (
    <div className="month-sum">
      <p>
        {focus === 0 && manual === 0
          ? words.nothing
          : manual === 0
            ? words.sum(duration(focus))
            : words.sumTold(duration(focus), duration(manual))}
      </p>
      <ul aria-label={words.legend}>
        {shapes
          .filter(([shape]) => shape !== "open")
          .map(([shape, n]) => (
            <li key={shape}>
              <MarkShape shape={shape} />
              {words.marks[shape]}
              <span className="soft">{text.days(n)}</span>
            </li>
          ))}
        {met > 0 && (
          <li>
            <MarkShape shape="met" />
            {words.marks.met}
            <span className="soft">{text.days(met)}</span>
          </li>
        )}
        {told > 0 && (
          <li>
            <i className="hatched told-mark" aria-hidden="true" />
            {words.marks.told}
            <span className="soft">{text.days(told)}</span>
          </li>
        )}
      </ul>
    </div>
  );
}
