/** A session's progress, by the server's clock and rules (docs/design.md, 1 and Garden). */

type Session = { created_at: string; duration_min: number | null };
type Ended = Session & { ended_at: string | null };
type Progress = {
  /** True once the plan is through. */
  over: boolean;
  /** The seconds left of a planned session, passed of an open one. */
  seconds: number;
  /** The filled part of the dial: 0 to 1. */
  share: number;
  /** The growth stage that its plant may have: 0 to 5. */
  stage: number;
};

/** The plan that an open session's growth and dial are drawn by. */
const OPEN_MINUTES = 25;
/** Minutes after which the server ends an open session. */
export const OPEN_AT_MOST = 240;

export function progress(session: Session, now: number): Progress {
  const gone = Math.max(0, (now - Date.parse(session.created_at)) / 1000);
  const plan = (session.duration_min ?? OPEN_MINUTES) * 60;
  const isOpen = session.duration_min === null;
  return {
    over: !isOpen && gone >= plan,
    seconds: isOpen ? Math.floor(gone) : Math.max(0, plan - gone),
    share: Math.min(1, gone / plan),
    stage: Math.min(5, Math.floor((5 * gone) / plan)),
  };
}

/** The deadline of a planned session, in milliseconds; null for an open one. */
export function endOf({ created_at, duration_min }: Session): number | null {
  return duration_min === null ? null : Date.parse(created_at) + duration_min * 60_000;
}

/** True for a session that ran until its own end, and was not ended before. */
export function ranOut(session: Ended): boolean {
  const { created_at, duration_min, ended_at } = session;
  const end = Date.parse(created_at) + (duration_min ?? OPEN_AT_MOST) * 60_000;
  return ended_at !== null && Date.parse(ended_at) >= end - 1000;
}
