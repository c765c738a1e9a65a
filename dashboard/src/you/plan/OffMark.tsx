import type { DayOff } from "../../queries/plan";

/** The mark of a day off: a sun for away, a cross for ill; never colour alone. */
export function OffMark({ kind }: { kind: DayOff["kind"] }) {
  return (
    <svg viewBox="0 0 12 12" className="off-mark" data-kind={kind} aria-hidden="true">
      {kind === "ill" ? <path d="M6 2v8M2 6h8" /> : <circle cx="6" cy="6" r="3.2" />}
    </svg>
  );
}
