/** Requests about sessions, and the sending of each errand. */
import { api, auth, data, type Schemas } from "../../api/client";
import { ApiError, unanswered } from "../../api/errors";
import { newKey } from "../../api/idempotencyKey";
import { text } from "../../text";
import { tellEntry } from "../../queries/entries";
import { askActive } from "../../queries/queries";
import { clock } from "../../api/clock";
import {
  type Errand,
  isLocalStart,
  type Moment,
  newId,
  type OfflineEntry,
  type SessionErrand,
  type TypedEntry,
} from "./errands";
import { partsOf } from "./localSession";
import { persist, type Pause, willPass } from "./retry";
import { Sender } from "./sender";

export type Session = Schemas["Session"];
export type Wish = {
  minutes: number | null;
  plant: string | null;
  label: string | null;
  note: string;
};
type Running = Schemas["ActiveSession"];

/** The clocks of this device, and of the server as far as it has told its time. */
export const clocks = () => ({
  server: clock.now(),
  device: Date.now(),
  isServerKnown: Number.isFinite(clock.earliest()),
});
export const momentNow = (): Moment => {
  const { server, device, isServerKnown } = clocks();
  return { server: isServerKnown ? server : null, device };
};
/**
 * The answer that settles an errand: the ended session (`isLast` where no other can run
 * since), or the running one where the end came too early.
 */
export type ErrandAnswer =
  | { ended: Session; isLast: boolean }
  | { runs: Running }
  | { planted: Schemas["Plant"] }
  | { started: Session }
  | { told: number }
  | null;

export const askSession = (id: string) =>
  data(api.GET("/api/sessions/{session_id}", { params: { path: { session_id: id } } }));

/** Ask once for a session; of equal requests with one key the service starts one session. */
export const startOnce = ({ minutes, label, note }: Wish, key: string): Promise<Session> =>
  data(
    api.POST("/api/sessions", {
      params: { header: { "Idempotency-Key": key } },
      body: {
        ...(minutes !== null && { duration_min: minutes }),
        ...(label !== null && { label_id: label }),
        ...(note !== "" && { note }),
      },
    }),
  );

/**
 * Start a session as soon as that can be; one key, so that a lost answer starts nothing twice.
 * Without a network it is kept as a local session, and null is returned.
 */
export async function start(
  wish: Wish,
  signal: AbortSignal,
  onPause: (pause: Pause | null) => void,
): Promise<Session | null> {
  const [key, began, user] = [newKey(), momentNow(), auth.user];
  const attempt = async () => {
    try {
      return await startOnce(wish, key);
    } catch (error) {
      const isOffline = error instanceof ApiError && error.isOffline;
      if (!isOffline || user === null || user !== auth.user) throw error;
      signal.throwIfAborted();
      void sender.put({ what: "start", user, session: newId(), wish, began, key });
      return null;
    }
  };
  return persist(attempt, signal, onPause);
}

async function sendEnd(errand: SessionErrand): Promise<ErrandAnswer> {
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

/** Tell of minutes without a network; of equal ones the service takes those that came first. */
async function sendEntry(entry: OfflineEntry, label = entry.label): Promise<ErrandAnswer> {
  const { minutes, note, session } = entry;
  const at = new Date(entry.began.server).toISOString();
  const item = {
    client_id: session,
    at,
    minutes,
    note,
    source: "offline" as const,
    ...(label !== null && { label_id: label }),
  };
  const { results } = await data(api.POST("/api/entries/batch", { body: { items: [item] } }));
  const [verdict] = results;
  if (verdict?.verdict !== "rejected") return { told: minutes };
  // Its label was deleted meanwhile: the minutes are worth more.
  if (label !== null && verdict.errors?.label_id) return sendEntry(entry, null);
  throw new ApiError(
    409,
    verdict.error_code ?? "REJECTED",
    text.offline.notTold(minutes, verdict.message ?? ""),
  );
}

/** Tell of an entry that was typed; its label may have been deleted meanwhile. */
async function sendTyped({ body, key }: TypedEntry): Promise<ErrandAnswer> {
  try {
    return { told: (await tellEntry(body, key)).minutes };
  } catch (error) {
    if (!(error instanceof ApiError) || error.status === 401 || willPass(error)) throw error;
    const { label_id, ...plain } = body;
    if (label_id && error.fields.label_id) {
      return { told: (await tellEntry(plain, `${key}-plain`)).minutes };
    }
    const said = text.offline.notTold(body.minutes, error.message);
    throw new ApiError(error.status, error.code, said);
  }
}

async function sendStart(wish: Wish, key: string): Promise<ErrandAnswer> {
  try {
    return { started: await startOnce(wish, key) };
  } catch (error) {
    // Another device was first by a moment.
    if (error instanceof ApiError && error.status === 409 && !error.mayPass) {
      return { runs: await askActive() };
    }
    throw error;
  }
}

function send(errand: Errand): Promise<ErrandAnswer> {
  switch (errand.what) {
    case "plant":
      return sendPlant(errand.session, errand.plant);
    case "entry":
      return sendEntry(errand);
    case "typed":
      return sendTyped(errand);
    case "start":
      return sendStart(errand.wish, errand.key);
    default:
      return sendEnd(errand);
  }
}

export const sender = new Sender<ErrandAnswer>({
  send,
  divide: async (errand) => {
    if (!isLocalStart(errand)) return null;
    const { session } = await askActive();
    const now = clocks();
    // By the earliest time: an entry that ends a moment from now would be refused.
    return partsOf(errand, session, now.isServerKnown ? { ...now, server: clock.earliest() } : now);
  },
  sender: async () => {
    try {
      await auth.bearer();
    } catch (error) {
      throw unanswered(error);
    }
    return auth.isProven ? auth.user : null;
  },
});
