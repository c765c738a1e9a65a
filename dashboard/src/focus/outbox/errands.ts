/** The errands of the outbox: what a user did that no answer has settled yet. */
import type { EntryToTell } from "../../queries/entries";
import type { Wish } from "./sessionRequests";

/** A moment, by the server's clock where that was known, and by the device's. */
export type Moment = { server: number | null; device: number };

/** The end, or the plant, of a session that the server knows. */
export type OfSession = { user: string; session: string } & (
  | {
      what: "complete";
      /** The time ran out, so the server is asked whether it did. */ due: boolean;
    }
  | { what: "abandon" }
  | { what: "plant"; plant: string }
);
/** A start that had no network: a timer runs on this device, and nobody has verified it. */
export type LocalStart = {
  what: "start";
  user: string;
  /** The id that the session has on this device alone. */
  session: string;
  wish: Wish;
  began: Moment;
  /** The `Idempotency-Key` of its request. */
  key: string;
  /** The end by the user, or that of its plan (due). */
  ended?: { how: "complete" | "abandon" | "due"; device: number };
};
/** Minutes that were focused without a network, and are told as an entry. */
export type OfflineEntry = {
  what: "entry";
  user: string;
  /** The `client_id` by which the service knows it again. */
  session: string;
  /** By the server's clock, worked out once: told again it must be the same entry. */
  began: Moment & { server: number };
  minutes: number;
  label: string | null;
  note: string;
};
/** An entry that was typed, and that no answer came to. */
export type TypedEntry = {
  what: "typed";
  user: string;
  /** The name that the errand has on this device alone. */
  session: string;
  body: EntryToTell;
  /** The `Idempotency-Key` of its request, which may have arrived. */
  key: string;
};
/** `user` is an id: no other sign-in may send it. */
export type Wanted = OfSession | LocalStart | OfflineEntry | TypedEntry;
/** `at` is the moment of the user's act, in milliseconds: the oldest is sent first. */
export type Errand = Wanted & { at: number };
export type SessionErrand = OfSession & { at: number };

export const isOfSession = (errand: Errand): errand is SessionErrand =>
  errand.what === "complete" || errand.what === "abandon" || errand.what === "plant";
export const isLocalStart = (errand: Errand): errand is LocalStart & { at: number } =>
  errand.what === "start";

/** The name of an errand: of two that have the same, the later one takes the other's place. */
export const nameOf = ({ what, session }: Wanted) =>
  `${what === "complete" || what === "abandon" ? "end" : what}:${session}`;

/** The age at which an end or a plant is dropped: the server has ended its session by itself. */
const WORTH = 7 * 24 * 3600 * 1000;
const KINDS = ["complete", "abandon", "plant", "start", "entry", "typed"];

/** An errand as it was stored; null for what is none, or is worth nothing any more. */
export function errandOf(stored: unknown): Errand | null {
  const kept = (stored ?? {}) as Partial<Errand>;
  const isWhole =
    typeof kept.user === "string" &&
    typeof kept.session === "string" &&
    typeof kept.at === "number" &&
    KINDS.includes(kept.what ?? "");
  if (!isWhole) return null;
  const errand = kept as Errand;
  const isOld = isOfSession(errand) && Math.abs(Date.now() - errand.at) >= WORTH;
  return isOld ? null : errand;
}

export const byAge = (one: Errand, other: Errand) => one.at - other.at;

/** A random UUID (version 4); `randomUUID` is missing on a page without HTTPS. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 15) | 64;
  bytes[8] = ((bytes[8] ?? 0) & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
