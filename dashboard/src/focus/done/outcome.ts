/** What a session came to, in words and as a part of its plan. */
import { text } from "../../text";
import type { Session } from "../outbox/sessionRequests";
import { ranOut } from "../timer/progress";

const words = text.done;

/** An open session that nobody completed until its end. */
export const wasLeft = (session: Session) =>
  session.status !== "completed" && session.duration_min === null && ranOut(session);

export function titleOf(session: Session): string {
  if (session.status === "completed") return words.title(session.focus_min);
  return wasLeft(session) ? words.leftTitle : words.givenUpTitle;
}

export function lineOf(session: Session): string {
  if (session.status !== "completed") {
    return wasLeft(session) ? words.leftText : words.givenUpText;
  }
  if (session.focus_min === 0) return words.nothing;
  if (session.duration_min === null) return words.ofOpen;
  return session.focus_min >= session.duration_min ? words.whole : words.early;
}

/** The part of the plan that was reached: how far the ring is closed. */
export function shareOf({ created_at, ended_at, duration_min, focus_min }: Session): number {
  if (duration_min === null || focus_min >= duration_min) return 1;
  const lasted = (Date.parse(ended_at ?? created_at) - Date.parse(created_at)) / 60_000;
  return Math.min(1, Math.max(0, lasted / duration_min));
}
