/** The session of a start that had no network: what of it is known here, and what it becomes. */
import type { Schemas } from "../../api/client";
import { newKey } from "../../api/idempotencyKey";
import { OPEN_AT_MOST } from "../timer/progress";
import {
  type Errand,
  type LocalStart,
  type Moment,
  newId,
  type OfflineEntry,
  type SessionErrand,
} from "./errands";

const MINUTE = 60_000;
/**
 * The time around a local start in which a session of the server is the same one: its
 * request arrived, and only the answer was lost. Milliseconds.
 */
const SAME = 60_000;
/** The difference of two clocks that is no other time: milliseconds. */
const APART = 10_000;

type Kept = LocalStart & { at: number };
type Clocks = { server: number; device: number; isServerKnown: boolean };

/** The moment by the server's clock, as far as the clocks of then and now tell it. */
export function serverTime({ server, device }: Moment, now: Clocks): number {
  // A device that was set in between changes nothing where the server's time was known.
  if (server !== null && now.isServerKnown) return Math.min(server, now.server);
  return now.server - Math.max(0, now.device - device);
}

const planOf = ({ wish }: LocalStart) => wish.minutes ?? OPEN_AT_MOST;

/** The local session in the shape of a running one, so that all pages show it as such. */
export function shownSession(start: Kept, now: Clocks): Schemas["RunningSession"] {
  const began = serverTime(start.began, now);
  const rest = began + planOf(start) * MINUTE - now.server;
  return {
    id: start.session,
    user_id: start.user,
    duration_min: start.wish.minutes,
    status: "active",
    completed: false,
    focus_min: 0,
    local_date: new Date(began).toISOString().slice(0, 10),
    created_at: new Date(began).toISOString(),
    ended_at: null,
    elapsed_seconds: Math.floor((now.server - began) / 1000),
    remaining_seconds: Math.max(0, Math.floor(rest / 1000)),
    overdue: false,
  };
}

/** The minutes of a local session that have passed, up to its end or its plan. */
export function minutesOf(start: LocalStart, now: Clocks): number {
  if (start.ended?.how === "due") return planOf(start);
  const began = serverTime(start.began, now);
  const over =
    start.ended === undefined
      ? now.server
      : serverTime({ server: null, device: start.ended.device }, now);
  return Math.min(planOf(start), Math.max(0, Math.floor((over - began) / MINUTE)));
}

const entryOf = (start: Kept, began: number, minutes: number): OfflineEntry & { at: number } => ({
  what: "entry",
  user: start.user,
  session: newId(),
  began: { server: began, device: start.began.device },
  minutes,
  label: start.wish.label,
  note: start.wish.note,
  at: start.at,
});

/**
 * The errands that a local start becomes once the service answers: what has passed is told
 * as an entry, and the whole minutes that are left are started. Null where it is sent as it
 * stands; nothing where the session of the server is this one.
 */
export function partsOf(
  start: Kept,
  runs: Pick<Schemas["Session"], "id" | "created_at"> | null,
  now: Clocks,
): Errand[] | null {
  const began = serverTime(start.began, now);
  const runsSince = runs === null ? null : Date.parse(runs.created_at);
  if (runs !== null && runsSince !== null && runsSince <= began + SAME) {
    const end: Pick<SessionErrand, "user" | "session" | "at"> = {
      user: start.user,
      session: runs.id,
      at: start.at,
    };
    const { plant } = start.wish;
    // Its plant was to follow the answer; a session from long before has one of its own.
    const isSame = plant !== null && runsSince >= began - SAME;
    const planting: Errand[] = isSame ? [{ ...end, what: "plant", plant }] : [];
    if (start.ended === undefined) return planting;
    const { how } = start.ended;
    return [
      ...planting,
      how === "abandon" ? { ...end, what: how } : { ...end, what: "complete", due: how === "due" },
    ];
  }
  if (start.ended?.how === "abandon") return [];
  const until = Math.min(runsSince ?? Infinity, now.server);
  // Its plan is over, or was when another device started the next session.
  const isDue = start.ended?.how === "due" && runs === null;
  // Or a device that was set ahead says so: more than what has passed is told of nobody.
  const sinceThen = Math.floor((until - began + (isDue ? APART : 0)) / MINUTE);
  const passed = Math.min(minutesOf(start, now), sinceThen);
  const told = passed > 0 ? [entryOf(start, began, passed)] : [];
  const isOver = start.ended !== undefined || runs !== null || passed >= planOf(start);
  if (isOver) return told;
  if (passed === 0) return null;
  const on = passed * MINUTE;
  const rest: Kept = {
    ...start,
    wish: {
      ...start.wish,
      minutes: start.wish.minutes === null ? null : start.wish.minutes - passed,
    },
    began: { server: began + on, device: start.began.device + on },
    // Another request than the one before, so it has another key.
    key: newKey(),
    at: start.at + on,
  };
  return [...told, rest];
}
