import type { ReactNode } from "react";
import { Link } from "wouter";

import type { Column, Part } from "./Columns";

type Place = { x: number; width: number; y: (minutes: number) => number };
type Box = { x: number; y: number; width: number; height: number };
type Handlers = {
  tabIndex: number;
  "data-mark": number;
  onFocus: () => void;
  onBlur: (event: React.FocusEvent) => void;
  onClick: (event: React.MouseEvent) => void;
};
type Props = {
  column: Column;
  place: Place;
  /** The room in which it is pointed at. */
  reach: Box;
  hatch: string;
  isShown: boolean;
  isLabelled: boolean;
} & Handlers;

/** One column with its label; a link where it opens a page. */
export function Mark({ column, place, reach, hatch, isShown, isLabelled, ...handlers }: Props) {
  const name = [column.name, ...column.lines].join(", ");
  const drawn = (
    <>
      <rect className="reach" data-shown={isShown} rx="6" {...reach} />
      {stacked(column.parts, place).map(({ kind, path }) => (
        <path
          key={kind}
          className={`part ${kind}`}
          d={path}
          fill={kind === "told" ? `url(#${hatch})` : undefined}
        />
      ))}
    </>
  );
  return (
    <>
      <Way to={column.to} name={name} handlers={handlers}>
        {drawn}
      </Way>
      {isLabelled && (
        <text
          x={place.x + place.width / 2}
          y={reach.y + reach.height + 18}
          textAnchor="middle"
          aria-hidden="true"
          data-shown={isShown}
        >
          {column.label}
        </text>
      )}
    </>
  );
}

type WayProps = { to: string | undefined; name: string; handlers: Handlers; children: ReactNode };

function Way({ to, name, handlers, children }: WayProps) {
  if (to === undefined) {
    return (
      <g className="mark" role="img" aria-label={name} {...handlers}>
        {children}
      </g>
    );
  }
  return (
    <Link className="mark" to={to} aria-label={name} {...handlers}>
      {children}
    </Link>
  );
}

/** The outlines of a column's parts; the uppermost has round corners. */
export function stacked(parts: Part[], { x, width, y }: Place) {
  const filled = parts.filter(({ minutes }) => minutes > 0);
  let below = 0;
  return filled.map(({ kind, minutes }, n) => {
    const foot = y(below);
    below += minutes;
    // A minute is seen too.
    const top = Math.min(y(below), foot - 2);
    const isLast = n === filled.length - 1;
    const r = isLast ? Math.min(6, width / 2, foot - top) : 0;
    const path =
      `M${x} ${foot}V${top + r}q0 ${-r} ${r} ${-r}` + `H${x + width - r}q${r} 0 ${r} ${r}V${foot}Z`;
    return { kind, path };
  });
}
