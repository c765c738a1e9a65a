import type { CSSProperties } from "react";

type Props = {
  share: number;
  /** Where it is filled from when it comes; at once as far as `share` where left out. */
  from?: number;
  radius: number;
  width: number;
  className: string;
};

/** The progress ring of a session, or of a goal. */
export function Ring({ share, from = share, radius, width, className }: Props) {
  const middle = radius + width;
  const around = 2 * Math.PI * radius;
  const circle = { cx: middle, cy: middle, r: radius, strokeWidth: width };
  return (
    <svg className={className} viewBox={`0 0 ${2 * middle} ${2 * middle}`} aria-hidden="true">
      <circle {...circle} className="track" />
      <circle
        {...circle}
        className="done"
        strokeDasharray={around}
        strokeDashoffset={around * (1 - share)}
        style={{ "--from": around * (1 - from) } as CSSProperties}
        transform={`rotate(-90 ${middle} ${middle})`}
      />
    </svg>
  );
}
