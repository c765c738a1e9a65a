import type { KeptStreak } from "../queries/today";
import { text } from "../text";

const words = text.today.day;

function Freeze({ isFull }: { isFull: boolean }) {
  return (
    <svg width="18" height="18" viewBox="0 0 20 20" data-full={isFull} aria-hidden="true">
      <path d="M10 2v16M3 6l14 8M17 6 3 14M10 5l-2-2m2 2 2-2m-2 12-2 2m2-2 2 2" />
    </svg>
  );
}

/** The freezes of the kept streak: two at most, and how far the next one is. */
export function Freezes({ streak }: { streak: KeptStreak }) {
  const { freezes, focused_days_to_next: next } = streak;
  return (
    <p className="freezes">
      <Freeze isFull={freezes > 0} />
      <Freeze isFull={freezes > 1} />
      <span>{freezes === 0 && next !== null ? words.toFreeze(next) : words.freezes(freezes)}</span>
    </p>
  );
}
