/** How far a session is, by the server's clock and rules (docs/design.md, 1 and Garden). */

type Session = { created_at: string; duration_min: number | null };
type Ended = Session & { ended_at: string | null };
type Progress = {
  /** Whether the plan is through. */
  over: boolean;
  /** Left of a planned session, gone of an open one. */
  seconds: number;
  /** How much of the dial is filled: 0 to 1. */
  share: number;
  /** How tall its plant may stand: 0 to 5. */
  stage: number;
};

/** What stands for the plan of an open session, in its plant's growth and its dial. */
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

/** When the plan is through, in milliseconds; null for an open session. */
export function endOf({ created_at, duration_min }: Session): number | null {
  return duration_min === null ? null : Date.parse(created_at) + duration_min * 60_000;
}

/** Whether a session went on until its own end, and nobody ended it before. */
export function ranOut(session: Ended): boolean {
  const { created_at, duration_min, ended_at } = session;
  const end = Date.parse(created_at) + (duration_min ?? OPEN_AT_MOST) * 60_000;
  return ended_at !== null && Date.parse(ended_at) >= end - 1000;
}
