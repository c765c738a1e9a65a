import { type ReactNode, useId, useRef } from "react";
import { Link } from "wouter";

import { calendarDay, duration } from "../format";
import { text } from "../text";
import { Hatch } from "./chart/Hatch";
import { Tooltip } from "./chart/Tooltip";
import { useMarks } from "./chart/useMarks";
import { type Day, inAll } from "./days";
import { type Layout, layout, WARMTH, warmth } from "./heat";
import { useWidth } from "./useWidth";
import { dayLines, fullDay, toDay } from "./words";

const words = text.insight;
const NOTHING: Layout["at"] = () => null;

type Props = { days: Day[]; weekStart?: number; children?: ReactNode };

/** The heatmap of a year, a column a week; `days` oldest first, the last one is today. */
export function Heatmap({ days, weekStart = 0, children }: Props) {
  const plot = useRef<HTMLDivElement>(null);
  const width = useWidth(plot, 960);
  const hatch = useId();
  const laid = layout(days, width, weekStart);
  const { shown, surface, mark } = useMarks({
    count: days.length,
    at: laid?.at ?? NOTHING,
    across: 7,
    down: 1,
    first: days.length - 1,
  });
  if (!laid) return null;
  const total = days.reduce((sum, day) => sum + inAll(day), 0);
  const pointed = shown === null ? undefined : laid.places[shown];
  const size = laid.cell - 3;
  return (
    <figure className="chart">
      <div className="plot" ref={plot}>
        <svg
          className="heat"
          width={laid.width}
          height={laid.height}
          role="group"
          aria-label={words.chart(words.year, total)}
          {...surface}
        >
          <Hatch id={hatch} />
          <g aria-hidden="true">
            {laid.months.map(({ date, x, y }) => (
              <text key={date} x={x} y={y}>
                {calendarDay(date, { month: "short" })}
              </text>
            ))}
            {laid.weekdays.map(({ date, y }) => (
              <text key={y} x={0} y={y}>
                {calendarDay(date, { weekday: "short" })}
              </text>
            ))}
          </g>
          {laid.places.map(({ day, x, y }, n) => (
            <Link
              key={day.date}
              className="cell"
              to={toDay(day)}
              aria-label={[fullDay(day.date), ...dayLines(day)].join(", ")}
              data-today={n === days.length - 1}
              {...mark(n)}
            >
              <rect
                x={x}
                y={y}
                width={size}
                height={size}
                rx="3.5"
                className={`heat-${warmth(day.focus_min)}`}
              />
              {day.manual_min > 0 && (
                <rect
                  className="over"
                  x={x}
                  y={y}
                  width={size}
                  height={size}
                  rx="3.5"
                  fill={`url(#${hatch})`}
                />
              )}
            </Link>
          ))}
        </svg>
        {pointed && (
          <Tooltip
            x={pointed.x + size / 2}
            y={pointed.y - 6}
            width={laid.width}
            title={fullDay(pointed.day.date)}
            lines={dayLines(pointed.day)}
            to={toDay(pointed.day)}
          />
        )}
      </div>
      <HeatLegend hasTold={days.some(({ manual_min }) => manual_min > 0)} />
      {children}
    </figure>
  );
}

function HeatLegend({ hasTold }: { hasTold: boolean }) {
  return (
    <div className="chart-keys heat-keys">
      {hasTold && (
        <span>
          <i className="told" aria-hidden="true" />
          {words.told}
        </span>
      )}
      <span className="scale">
        {words.less}
        {[0, ...WARMTH].map((least, n) => (
          <i
            key={least}
            className={`heat-${n}`}
            title={
              n === 0 ? duration(0) : words.heat(least, n in WARMTH ? (WARMTH[n] ?? 0) - 1 : null)
            }
          />
        ))}
        {words.more}
      </span>
    </div>
  );
}
