import { type ReactNode, useId, useRef } from "react";

import { text } from "../../text";
import { useWidth } from "../useWidth";
import { ticksFor } from "./axis";
import { Hatch } from "./Hatch";
import { Legend } from "./Legend";
import { Mark } from "./Mark";
import { bands, linear } from "./scales";
import { shortDuration } from "./short";
import { Tooltip } from "./Tooltip";
import { useMarks } from "./useMarks";

/** What a part of a column is made of, from the ground up. */
export type Part = { kind: "focus" | "rest" | "told"; minutes: number };
export type Column = {
  key: string;
  /** Below the column, where there is room. */
  label: string;
  /** In full, for its tooltip and for screen readers. */
  name: string;
  parts: Part[];
  /** What its tooltip says below the name. */
  lines: string[];
  /** The page that it opens. */
  to?: string;
  /** The goal of its day. */
  goal?: number | null;
};

type Props = {
  title: string;
  columns: Column[];
  mean?: number;
  /** Words for what `rest` is here. */
  rest?: string;
  height?: number;
  /** Label each so-manieth from the first on; else as many as there is room for, to the last. */
  labelEvery?: number;
  /** The table of the same. */
  children?: ReactNode;
};

const FOOT = 26;
const HEAD = 10;
/** The room of a letter of an axis. */
const LETTER = 7;
/** The widest column: beyond it seven of them would be a wall. */
const WIDEST = 44;

export const heightOf = ({ parts }: Column) => parts.reduce((sum, part) => sum + part.minutes, 0);

/** Minutes as columns of parts, oldest first, with the lines of a mean and of goals. */
export function Columns({ title, columns, mean, rest, height = 220, labelEvery, children }: Props) {
  const plot = useRef<HTMLDivElement>(null);
  const width = useWidth(plot, 640);
  const hatch = useId();
  const goals = columns.flatMap(({ goal }) => (goal == null ? [] : [goal]));
  const ticks = ticksFor(Math.max(20, ...columns.map(heightOf), ...goals));
  const top = ticks.at(-1) ?? 0;
  const names = ticks.map(shortDuration);
  const side = 10 + LETTER * Math.max(...names.map((name) => name.length));
  const padding = columns.length > 60 ? 0.15 : 0.3;
  const { step, band, centre } = bands(columns.length, [side, width], padding);
  const y = linear(top, [height - FOOT, HEAD]);
  const wide = Math.min(WIDEST, band);
  const letters = Math.max(...columns.map(({ label }) => label.length), 1);
  const every = Math.ceil((letters * LETTER + 8) / step);
  const isLabelled = (n: number) =>
    labelEvery === undefined ? (columns.length - 1 - n) % every === 0 : n % labelEvery === 0;
  const { shown, surface, mark } = useMarks({
    count: columns.length,
    at: (px) => (px < side ? null : Math.min(columns.length - 1, Math.floor((px - side) / step))),
    across: 1,
    down: 0,
    first: columns.length - 1,
  });
  const told = shown === null ? undefined : columns[shown];
  const total = columns.reduce((sum, column) => sum + heightOf(column), 0);
  return (
    <figure className="chart">
      <Legend columns={columns} mean={mean} rest={rest} />
      <div className="plot" ref={plot}>
        <svg
          width={width}
          height={height}
          role="group"
          aria-label={text.insight.chart(title, total)}
          aria-description={text.insight.keys}
          {...surface}
        >
          <Hatch id={hatch} />
          {ticks.map((value, n) => (
            <g key={value} aria-hidden="true">
              <line className="line" x1={side} x2={width} y1={y(value)} y2={y(value)} />
              <text x={side - 8} y={y(value) + 4} textAnchor="end">
                {names[n]}
              </text>
            </g>
          ))}
          {columns.map((column, n) => (
            <Mark
              key={column.key}
              column={column}
              place={{ x: centre(n) - wide / 2, width: wide, y }}
              reach={{
                x: centre(n) - step / 2,
                width: step,
                y: HEAD,
                height: height - FOOT - HEAD,
              }}
              hatch={hatch}
              isShown={n === shown}
              isLabelled={isLabelled(n)}
              {...mark(n)}
            />
          ))}
          {goals.length > 0 && (
            <path className="goal" d={goalLine(columns, y, (n) => [centre(n), step])} />
          )}
          {mean !== undefined && mean > 0 && (
            <line className="mean" x1={side} x2={width} y1={y(mean)} y2={y(mean)} />
          )}
        </svg>
        {told && shown !== null && (
          <Tooltip
            x={centre(shown)}
            y={y(heightOf(told)) - 8}
            width={width}
            title={told.name}
            lines={told.lines}
            to={told.to}
          />
        )}
      </div>
      {children}
    </figure>
  );
}

/** The goal of each day as one line with steps; days of rest have none, and a gap. */
function goalLine(
  columns: Column[],
  y: (minutes: number) => number,
  place: (n: number) => [centre: number, step: number],
): string {
  return columns
    .map(({ goal }, n) => {
      if (goal == null) return "";
      const [centre, step] = place(n);
      const before = columns[n - 1]?.goal;
      const begin = before == null ? "M" : "L";
      return `${begin}${centre - step / 2} ${y(goal)}H${centre + step / 2}`;
    })
    .join("");
}
