import { text } from "../text";
import { BASE, DRAWINGS, leaf } from "./drawings";
import { type Look, lookOf } from "./looks";

/** The height of a plant at each stage, of its full height. */
const HEIGHT = [0, 0.3, 0.48, 0.66, 0.84, 1];
/** The opening of the bloom at each stage. */
const OPEN = [0, 0, 0, 0.4, 0.75, 1];

function Growth({ look, stage }: { look: Look; stage: number }) {
  if (stage === 0) return <ellipse cx="60" cy="122" rx="6" ry="4.5" fill={look.stem} />;
  if (stage === 1)
    return (
      <>
        <path d="M60 126V104" stroke={look.leaf} strokeWidth="4" strokeLinecap="round" />
        {leaf(60, 106, -24, look.leaf, 0.6)}
        {leaf(60, 108, 204, look.leaf, 0.6)}
      </>
    );
  const height = HEIGHT[stage] ?? 1;
  return (
    <g transform={`translate(${60 - 60 * height} ${BASE - BASE * height}) scale(${height})`}>
      {DRAWINGS[look.form](look, OPEN[stage] ?? 1)}
    </g>
  );
}

type Props = { kind: string; stage: number; state?: string; label?: string };

/** A plant; `label` replaces its text for screen readers, and "" makes it a decoration. */
export function Plant({ kind, stage, state = "grown", label }: Props) {
  const withered = state === "withered";
  const said = label ?? text.garden.alt(kind, text.garden.states[state] ?? state, stage);
  const name = said === "" ? { "aria-hidden": true } : { role: "img", "aria-label": said };
  return (
    <svg viewBox="0 0 120 140" className="plant" {...name}>
      <ellipse cx="60" cy="129" rx="38" ry="7" fill="var(--soil)" />
      <g transform={withered ? "rotate(11 60 128)" : undefined}>
        <Growth look={lookOf(kind, withered)} stage={stage} />
      </g>
    </svg>
  );
}
