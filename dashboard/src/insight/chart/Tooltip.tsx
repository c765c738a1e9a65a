import { Link } from "wouter";

import { text } from "../../text";

type Props = {
  /** Where it points to, in pixels of a plot so wide. */
  x: number;
  y: number;
  width: number;
  title: string;
  lines: string[];
  /** The way on, for who has no mouse to click on the mark itself. */
  to?: string;
};

/** The words beside a mark; the mark's own name says the same to screen readers. */
export function Tooltip({ x, y, width, title, lines, to }: Props) {
  const part = width > 0 ? Math.max(0, Math.min(1, x / width)) : 0;
  return (
    // It leans so far to its side that it never leaves the plot.
    <div
      className="tip"
      style={{ left: x, top: y, transform: `translate(${-100 * part}%, -100%)` }}
    >
      <strong>{title}</strong>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
      {to !== undefined && (
        <Link to={to} tabIndex={-1}>
          {text.insight.openDay}
        </Link>
      )}
    </div>
  );
}
