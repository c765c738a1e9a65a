import type { CSSProperties } from "react";

import { Plant } from "../../garden/Plant";

/** The height of a plant at each stage, of its full height. */
const HEIGHT = [0, 0.3, 0.48, 0.66, 0.84, 1];

type Props = {
  kind: string;
  stage: number;
  state: string;
  /** The part of the session that has passed: between two stages a plant grows on. */
  share?: number;
  className?: string;
};

/** A plant that stands in its plot. */
export function Standing({ kind, stage, state, share, className = "" }: Props) {
  const style = { "--grown": share === undefined ? 1 : grownOn(stage, share) } as CSSProperties;
  return (
    <div className={`session-plant ${className}`} style={style}>
      <Plant kind={kind} stage={stage} state={state} />
    </div>
  );
}

/** The scale of a stage's drawing, which reaches the height of the next stage at its end. */
function grownOn(stage: number, share: number): number {
  const [now, next] = [HEIGHT[stage], HEIGHT[stage + 1]];
  if (!now || !next) return 1;
  const rest = Math.min(1, Math.max(0, 5 * share - stage));
  return 1 + rest * (next / now - 1);
}
