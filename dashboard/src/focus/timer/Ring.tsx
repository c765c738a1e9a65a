type Props = { share: number; radius: number; width: number; className: string };

/** The progress ring of a session. */
export function Ring({ share, radius, width, className }: Props) {
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
        transform={`rotate(-90 ${middle} ${middle})`}
      />
    </svg>
  );
}
