import { type KeyboardEvent, useId, useRef, useState } from "react";

import { calendarDay } from "../../format";
import type { DayOff, Span } from "../../queries/plan";
import { usePreferences } from "../../queries/preferences";
import { text } from "../../text";
import { weekdayNames, weekFrom } from "../weekdays";
import { dayAfter, monthAfter, weeksOf } from "./days";
import { OffMark } from "./OffMark";

const words = text.settings.plan;
const FIRST = { sun: 0, mon: 1, sat: 6 };

type Props = {
  days: DayOff[];
  today: string;
  reach: Span;
  chosen: Span | null;
  onChoose: (day: string) => void;
};

/** A month in which days off are seen and chosen; the arrows go from day to day. */
export function OffCalendar({ days, today, reach, chosen, onChoose }: Props) {
  const [near, setNear] = useState(today);
  const start = usePreferences().week_start;
  const grid = useRef<HTMLTableElement>(null);
  const id = useId();
  const [narrow, long] = [weekdayNames("narrow"), weekdayNames("long")];
  const kinds = new Map(days.map(({ date, kind }) => [date, kind]));
  const turn = (months: number) => {
    const month = monthAfter(near, months);
    setNear(today.startsWith(month.slice(0, 7)) ? today : month);
  };
  const move = (event: KeyboardEvent) => {
    const sideways = getComputedStyle(event.currentTarget).direction === "rtl" ? -1 : 1;
    const steps = { ArrowDown: 7, ArrowUp: -7, ArrowRight: sideways, ArrowLeft: -sideways };
    const step = (steps as Record<string, number>)[event.key];
    const to = step && dayAfter(near, step);
    if (!to || to < reach.from || to > reach.to) return;
    event.preventDefault();
    setNear(to);
    // Once it is there, also where it is of another month.
    requestAnimationFrame(() =>
      grid.current?.querySelector<HTMLElement>(`[data-day="${to}"]`)?.focus(),
    );
  };
  return (
    <div className="off-calendar">
      <header>
        <h3 id={id} aria-live="polite">
          {calendarDay(monthAfter(near, 0), { month: "long", year: "numeric" })}
        </h3>
        <Turn
          name={words.previous}
          d="m11.5 5-5 5 5 5"
          disabled={monthAfter(near, 0) <= reach.from}
          onClick={() => turn(-1)}
        />
        <Turn
          name={words.next}
          d="m8.5 5 5 5-5 5"
          disabled={monthAfter(near, 1) > reach.to}
          onClick={() => turn(1)}
        />
      </header>
      <table ref={grid} aria-labelledby={id} onKeyDown={move}>
        <thead>
          <tr>
            {weekFrom(start).map((day) => (
              <th key={day} scope="col" abbr={long[day]}>
                {narrow[day]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(near, FIRST[start]).map((week) => (
            <tr key={week.join()}>
              {week.map((date, n) => (
                <td
                  key={date ?? n}
                  data-chosen={
                    (date && chosen && date >= chosen.from && date <= chosen.to) || undefined
                  }
                >
                  {date && (
                    <Day
                      date={date}
                      kind={kinds.get(date)}
                      isToday={date === today}
                      isNear={date === near}
                      isChosen={!!chosen && date >= chosen.from && date <= chosen.to}
                      disabled={date < reach.from || date > reach.to}
                      onChoose={() => {
                        setNear(date);
                        onChoose(date);
                      }}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type TurnProps = { name: string; d: string; disabled: boolean; onClick: () => void };

function Turn({ name, d, disabled, onClick }: TurnProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={name}
      disabled={disabled}
      onClick={onClick}
    >
      <svg width="20" height="20" viewBox="0 0 20 20" className="turn" aria-hidden="true">
        <path d={d} />
      </svg>
    </button>
  );
}

type DayProps = {
  date: string;
  kind: DayOff["kind"] | undefined;
  isToday: boolean;
  isNear: boolean;
  isChosen: boolean;
  disabled: boolean;
  onChoose: () => void;
};

function Day({ date, kind, isToday, isNear, isChosen, disabled, onChoose }: DayProps) {
  const said = [
    calendarDay(date, { weekday: "long", day: "numeric", month: "long" }),
    isToday && words.today,
    kind && words.kinds[kind],
  ];
  return (
    <button
      type="button"
      data-day={date}
      data-kind={kind}
      data-today={isToday || undefined}
      aria-label={said.filter(Boolean).join(", ")}
      aria-pressed={isChosen}
      tabIndex={isNear ? 0 : -1}
      disabled={disabled}
      onClick={onChoose}
    >
      {calendarDay(date, { day: "numeric" })}
      {kind && <OffMark kind={kind} />}
    </button>
  );
}
