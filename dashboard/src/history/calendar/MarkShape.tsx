import type { Shape } from "./month";

/** The shapes that tell the days of a calendar, each its own without any colour. */
const SHAPES: Record<Shape | "met", React.ReactNode> = {
  focused: <circle cx="10" cy="10" r="5" className="fill" />,
  // A disc like that of focus, in a ring that is closed: the day had what it should have.
  met: (
    <>
      <circle cx="10" cy="10" r="8.5" className="fill" />
      <path d="m6 10.2 2.8 2.8L14.2 7.4" className="cut" />
    </>
  ),
  manual: (
    <>
      <path d="m5.6 9.4 3.8-3.8M5.2 13.2l8-8M7 14.8 14.8 7m-4.2 7.4 3.8-3.8" className="thin" />
      <circle cx="10" cy="10" r="5.6" className="line" />
    </>
  ),
  frozen: (
    <path d="M10 3v14M3.9 6.5l12.2 7M16.1 6.5l-12.2 7M8 4l2 2 2-2M8 16l2-2 2 2" className="line" />
  ),
  rest: <path d="M13.8 12.9A6 6 0 0 1 7.1 6.2a6 6 0 1 0 6.7 6.7Z" className="fill" />,
  away: <path d="M4 11a6 6 0 0 1 12 0Zm6 0v4.5a1.6 1.6 0 0 0 3.2 0M10 5V3.8" className="line" />,
  missed: <path d="m6.5 6.5 7 7m0-7-7 7" className="line" />,
  open: <circle cx="10" cy="10" r="5" className="line dashed" />,
};

/** The mark of a day; its word stands beside it, or in the name of what it is in. */
export function MarkShape({ shape }: { shape: Shape | "met" }) {
  return (
    <svg viewBox="0 0 20 20" className={`day-mark mark-${shape}`} aria-hidden="true">
      {SHAPES[shape]}
    </svg>
  );
}
