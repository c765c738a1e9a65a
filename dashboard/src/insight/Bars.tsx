import { scaleBand, scaleLinear } from "@visx/scale";
import { Bar } from "@visx/shape";

import { useRef } from "react";

import { duration } from "../format";
import { text } from "../text";
import { type Minutes, MinutesTable } from "./MinutesTable";
import { useWidth } from "./useWidth";

const HEIGHT = 200;
const FOOT = 24;
const SIDE = 76;
/** Room for the half of the last label that stands out. */
const END = 16;
/** The width of a label. */
const LABEL = 56;

/** Axis ticks: steps of minutes or whole hours that leave three or four lines. */
function ticks(most: number): number[] {
  const steps = [10, 15, 30, 60, 120, 240, 480, 960, 1920, 3840];
  const step = steps.find((one) => most / one <= 4) ?? Math.ceil(most / 4);
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, n) => n * step);
}

/** Minutes as bars, oldest first; the same as a table for screen readers. */
export function Bars({
  title,
  columns,
  head,
}: {
  title: string;
  columns: Minutes[];
  head: string;
}) {
  const figure = useRef<HTMLElement>(null);
  const width = useWidth(figure, 640);
  const most = Math.max(30, ...columns.map(({ minutes }) => minutes));
  const total = columns.reduce((sum, { minutes }) => sum + minutes, 0);
  const x = scaleBand({
    domain: columns.map(({ key }) => key),
    range: [SIDE, width - END],
    padding: 0.25,
  });
  const y = scaleLinear({ domain: [0, most], range: [HEIGHT - FOOT, 8] });
  const every = Math.ceil((columns.length * LABEL) / (width - SIDE - END));
  return (
    <figure className="chart" ref={figure}>
      <svg width={width} height={HEIGHT} role="img" aria-label={text.insight.chart(title, total)}>
        {ticks(most).map((value) => (
          <g key={value}>
            <line x1={SIDE} x2={width - END} y1={y(value)} y2={y(value)} className="line" />
            <text x={SIDE - 8} y={y(value) + 4} textAnchor="end">
              {duration(value)}
            </text>
          </g>
        ))}
        {columns.map(({ key, label, minutes }, n) => (
          <g key={key}>
            <Bar
              className="bar"
              x={x(key)}
              y={y(minutes)}
              width={x.bandwidth()}
              height={y(0) - y(minutes)}
              rx={Math.min(4, x.bandwidth() / 2)}
            >
              <title>{`${label}: ${text.minutes(minutes)}`}</title>
            </Bar>
            {(columns.length - 1 - n) % every === 0 && (
              <text x={(x(key) ?? 0) + x.bandwidth() / 2} y={HEIGHT - 6} textAnchor="middle">
                {label}
              </text>
            )}
          </g>
        ))}
      </svg>
      <MinutesTable title={title} head={head} rows={columns} />
    </figure>
  );
}
