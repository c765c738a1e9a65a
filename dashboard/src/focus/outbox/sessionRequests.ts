/** Requests about sessions, and the sending of each errand. */
import { api, auth, data, type Schemas } from "../../api/client";
import { ApiError, unanswered } from "../../api/errors";
import { newKey } from "../../api/idempotencyKey";
import { askActive } from "../../queries/queries";
import type { Errand } from "./errands";
import { persist, type Pause } from "./retry";
import { Sender } from "./sender";

export type Session = Schemas["Session"];
export type Wish = { minutes: number | null; plant: string | null };
type Running = Schemas["ActiveSession"];
/**
 * The answer that settles an errand: the ended session (`isLast` where no other can run
 * since), or the running one where the end came too early.
 */
export type ErrandAnswer =
  { ended: Session; isLast: boolean } | { runs: Running } | { planted: Schemas["Plant"] } | null;

export const askSession = (id: string) =>
  data(api.GET("/api/sessions/{session_id}", { params: { path: { session_id: id } } }));

/** Start a session as soon as that can be; one key, so that a lost answer starts nothing twice. */
export async function start(
  wish: Wish,
  signal: AbortSignal,
  onPause: (pause: Pause | null) => void,
): Promise<Session> {
  const key = newKey();
  return persist(
    () =>
      data(
        api.POST("/api/sessions", {
          params: { header: { "Idempotency-Key": key } },
          body: wish.minutes === null ? {} : { duration_min: wish.minutes },
        }),
      ),
    signal,
    onPause,
  );
}

async function sendEnd(errand: Errand): Promise<ErrandAnswer> {
  const params = { path: { session_id: errand.session } };
  if (errand.what === "complete" && errand.due) {
    // A longer plan of another device, or a clock that was wrong, is no end.
    const runs = await askActive();
    if (runs.session?.id === errand.session && !runs.session.overdue) return { runs };
  }
  const body =
    errand.what === "abandon" ? { status: "abandoned" as const } : { completed: true as const };
  try {
    const ended = await data(api.PATCH("/api/sessions/{session_id}", { params, body }));
    return { ended, isLast: true };
  } catch (error) {
    if (!(error instanceof ApiError) || error.mayPass) throw error;
    if (error.status === 404) return null;
    // Another device or the server ended it first, and another session may run by now.
    if (error.status === 409) return { ended: await askSession(errand.session), isLast: false };
    throw error;
  }
}

/** Delete a session whose start was answered after it was called off. */
export const undo = (id: string) =>
  data(api.DELETE("/api/sessions/{session_id}", { params: { path: { session_id: id } } }));

async function sendPlant(session: string, plant: string): Promise<ErrandAnswer> {
  try {
    const planted = await data(
      api.POST("/api/garden", {
        params: { header: { "Idempotency-Key": `${session}-plant` } },
        body: { session_id: session, plant_type: plant as "Rose" },
      }),
    );
    return { planted };
  } catch (error) {
    const isSettled = error instanceof ApiError && !error.mayPass;
    if (isSettled && [404, 409].includes(error.status)) return null;
    throw error;
  }
}

export const sender = new Sender<ErrandAnswer>({
  send: (errand) =>
    errand.what === "plant" ? sendPlant(errand.session, errand.plant) : sendEnd(errand),
  sender: async () => {
    try {
      await auth.bearer();
    } catch (error) {
      throw unanswered(error);
    }
    return auth.user;
  },
});
