/** The messages of the socket (docs/contract.md, Socket). */
import type { Schemas } from "../api/client";

export type SessionMessage = {
  type: "session";
  server_time: string;
  session: Schemas["RunningSession"] | null;
  last_ended: Schemas["Session"] | null;
};
export type ChangedMessage = { type: "changed"; what: string[]; written_at?: string };
export type Message =
  | SessionMessage
  | ChangedMessage
  | { type: "ready"; server_time: string }
  | { type: "stale" | "pong" | "auth_soon" };

/** Read a message; null for what is none, and types that come later are left to the reader. */
export function messageOf(text: unknown): Message | null {
  try {
    const message = JSON.parse(String(text)) as Message | null;
    return typeof message?.type === "string" ? message : null;
  } catch {
    return null;
  }
}
