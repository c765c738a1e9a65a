import { type CSSProperties, type ReactNode, memo } from "react";

import { Plot } from "./Plot";

/** The steps of the sky in a session: finer ones repaint the window for nothing to be seen. */
const STEPS = 360;

type Props = {
  /** The part of the session that has passed, 0 to 1: morning to dusk. */
  share: number;
  /** The filled part of the ring. */
  ring: number;
  children?: ReactNode;
};

/** The place of a session: a sky that goes from morning to dusk over the plot of its plant. */
export function Scene({ share, ring, children }: Props) {
  return (
    <>
      <Sky step={Math.round(share * STEPS)} />
      <div className="session-place">
        <Meadow />
        <div className="dial">
          <Plot share={ring} />
          {children}
        </div>
      </div>
    </>
  );
}

const Sky = memo(function Sky({ step }: { step: number }) {
  const share = step / STEPS;
  const sun = {
    "--share": share,
    "--sun-x": `${10 + 80 * share}%`,
    "--sun-y": `${56 - 46 * Math.sin(Math.PI * (0.12 + 0.8 * share))}%`,
  } as CSSProperties;
  return (
    <div className="sky" style={sun} aria-hidden="true">
      <div className="sky-noon" />
      <div className="sky-dusk" />
      <svg className="stars" viewBox="0 0 400 200" preserveAspectRatio="xMidYMid slice">
        {STARS.map(([x, y, r]) => (
          <circle key={x} cx={x} cy={y} r={r} />
        ))}
      </svg>
      <div className="sun" />
    </div>
  );
});

const STARS: [number, number, number][] = [
  [22, 40, 0.7],
  [58, 84, 0.5],
  [77, 22, 0.9],
  [109, 61, 0.6],
  [141, 18, 0.5],
  [168, 92, 0.7],
  [197, 33, 0.8],
  [226, 70, 0.5],
  [259, 14, 0.7],
  [281, 52, 0.9],
  [309, 88, 0.5],
  [334, 28, 0.6],
  [362, 66, 0.8],
  [386, 12, 0.5],
];

const Meadow = memo(function Meadow() {
  return (
    <div className="meadow" aria-hidden="true">
      <svg viewBox="0 0 1440 200" preserveAspectRatio="none">
        <path className="far" d="M0 96C130 40 260 30 400 74S690 128 860 66s330-72 580 8V200H0Z" />
        <path
          className="middle"
          d="M0 132C180 84 330 98 500 128s330 36 520-6 300-34 420 0V200H0Z"
        />
        <path className="near" d="M0 176C240 138 480 132 720 132s480 8 720 46V200H0Z" />
      </svg>
      <div className="grass" />
    </div>
  );
});
