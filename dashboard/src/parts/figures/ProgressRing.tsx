import { type ReactNode, useId } from "react";

type Props = {
  /** How much is done: 0 to 1. */
  share: number;
  /** How much of it was told afterwards: hatched, at the end of the ring. */
  told?: number;
  /** What the ring says, for those who do not see it. */
  label: string;
  /** The diameter, and the width of its line: pixels. */
  size?: number;
  line?: number;
  children?: ReactNode;
};

const START = "rotate(-90 50 50)";

/** A ring that closes with what is done, around a word or a number. */
export function ProgressRing(props: Props) {
  const { share, told = 0, label, size = 96, line = 8, children } = props;
  const id = useId();
  const width = (line / size) * 100;
  const radius = 50 - width / 2;
  const all = Math.min(1, Math.max(0, share));
  const seen = Math.max(0, all - Math.max(0, told));
  // Lengths of a hundred; a length of 0 with round ends would be a dot.
  const arc = (of: number) => ({
    cx: 50,
    cy: 50,
    r: radius,
    strokeWidth: width,
    pathLength: 100,
    strokeDasharray: `${of * 100} 200`,
    transform: START,
  });
  return (
    <div className="progress-ring" role="img" aria-label={label} style={{ width: size }}>
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <pattern
          id={id}
          width="5"
          height="5"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect className="hatch-ground" width="5" height="5" />
          <rect className="hatch" width="2.5" height="5" />
        </pattern>
        <circle className="track" cx="50" cy="50" r={radius} strokeWidth={width} />
        {all > seen && <circle {...arc(all)} className="told" stroke={`url(#${id})`} />}
        {seen > 0 && <circle {...arc(seen)} className="seen" />}
      </svg>
      {children && <div className="middle">{children}</div>}
    </div>
  );
}
