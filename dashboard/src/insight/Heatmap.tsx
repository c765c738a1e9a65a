import { useEffect, useRef } from "react";

import { calendarDay } from "../format";
import { text } from "../text";
import { MinutesTable } from "./MinutesTable";
import { useWidth } from "./useWidth";

type Day = { date: string; focus_min: number };

/** The least and greatest size of a day's square, with the gap beside it. */
const CELL = [14, 18] as const;
const LEFT = 34;
const TOP = 20;
/** The least minutes of each colour but the first. */
const WARMTH = [1, 30, 75, 150];

const named = (date: string) => calendarDay(date, { dateStyle: "medium" });
export const warmth = (minutes: number) => WARMTH.filter((least) => minutes >= least).length;

/** The heatmap of a year, a column a week, Monday on top; `days` oldest first. */
export function Heatmap({ days }: { days: Day[] }) {
  const strip = useRef<HTMLElement>(null);
  useEffect(() => {
    // Today is at the right end.
    strip.current?.scrollTo({ left: strip.current.scrollWidth });
  }, [days.length]);
  const width = useWidth(strip, 0);
  const first = days[0];
  if (!first) return null;
  const total = days.reduce((sum, { focus_min }) => sum + focus_min, 0);
  const before = (new Date(`${first.date}T00:00:00Z`).getUTCDay() + 6) % 7;
  const weeks = Math.ceil((days.length + before) / 7);
  const cell = Math.max(CELL[0], Math.min(CELL[1], Math.floor((width - LEFT) / weeks)));
  const places = days.map((day, n) => ({
    ...day,
    week: Math.floor((n + before) / 7),
    weekday: (n + before) % 7,
  }));
  const months = places.filter(({ date, week }) => date.endsWith("-01") && week < weeks - 1);
  const beside = [0, 2, 4].map((weekday) => places.find((place) => place.weekday === weekday));
  return (
    <figure className="chart">
      <section className="scroll" ref={strip} tabIndex={0} aria-label={text.insight.year}>
        <svg
          className="heat"
          width={LEFT + weeks * cell}
          height={TOP + 7 * cell}
          role="img"
          aria-label={text.insight.chart(text.insight.year, total)}
        >
          {months.map(({ date, week }) => (
            <text key={date} x={LEFT + week * cell} y={12}>
              {calendarDay(date, { month: "short" })}
            </text>
          ))}
          {beside.map(
            (place) =>
              place && (
                <text key={place.weekday} x={0} y={TOP + place.weekday * cell + cell - 4}>
                  {calendarDay(place.date, { weekday: "short" })}
                </text>
              ),
          )}
          {places.map(({ date, focus_min, week, weekday }) => (
            <rect
              key={date}
              x={LEFT + week * cell}
              y={TOP + weekday * cell}
              width={cell - 3}
              height={cell - 3}
              rx="3"
              className={`heat-${warmth(focus_min)}`}
            >
              <title>{`${named(date)}: ${text.minutes(focus_min)}`}</title>
            </rect>
          ))}
        </svg>
      </section>
      <p className="legend soft" aria-hidden="true">
        {text.insight.less}
        {[0, 1, 2, 3, 4].map((heat) => (
          <i key={heat} className={`heat-${heat}`} />
        ))}
        {text.insight.more}
      </p>
      <MinutesTable
        title={text.insight.yearDays}
        head={text.insight.day}
        rows={days
          .filter(({ focus_min }) => focus_min > 0)
          .map(({ date, focus_min }) => ({ key: date, label: named(date), minutes: focus_min }))}
      />
    </figure>
  );
}
