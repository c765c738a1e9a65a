/** The rim of the plot, an ellipse that begins behind the plant and goes with the clock. */
const MIDDLE = { x: 160, y: 262 };
const WIDE = 132;
const DEEP = 38;
const RIM =
  `M${MIDDLE.x} ${MIDDLE.y - DEEP}` +
  `a${WIDE} ${DEEP} 0 0 1 0 ${2 * DEEP}a${WIDE} ${DEEP} 0 0 1 0 ${-2 * DEEP}`;
const THICK = 16;

/** The rim from behind the plant to a point: by its angle, as a clock seen from the side. */
const rimTo = ({ x, y }: { x: number; y: number }, share: number) =>
  `M${MIDDLE.x} ${MIDDLE.y - DEEP}A${WIDE} ${DEEP} 0 ${share > 0.5 ? 1 : 0} 1 ${x} ${y}`;

/** The plot of a plant: the ring of its session is the ground that it stands on. */
export function Plot({ share }: { share: number }) {
  const turn = 2 * Math.PI * share;
  const end = { x: MIDDLE.x + WIDE * Math.sin(turn), y: MIDDLE.y - DEEP * Math.cos(turn) };
  const ellipse = { cx: MIDDLE.x, cy: MIDDLE.y, rx: WIDE, ry: DEEP };
  return (
    <svg className="session-plot ring" viewBox="0 0 320 330" aria-hidden="true">
      <ellipse {...ellipse} className="plot-shade" cy={MIDDLE.y + 24} rx={WIDE + 10} />
      <path
        className="plot-side"
        d={`M${MIDDLE.x - WIDE} ${MIDDLE.y}v${THICK}a${WIDE} ${DEEP} 0 0 0 ${2 * WIDE} 0v${-THICK}Z`}
      />
      <ellipse {...ellipse} className="plot-top" />
      <ellipse {...ellipse} className="plot-bed" rx={WIDE * 0.42} ry={DEEP * 0.44} />
      <path className="track" d={RIM} />
      <path className="done" d={share < 1 ? rimTo(end, share) : RIM} />
      <circle className="bead" cx={end.x} cy={end.y} r="6" />
    </svg>
  );
}
