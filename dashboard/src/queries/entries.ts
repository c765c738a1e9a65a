/** The request that tells of focus which no session saw. */
import { api, data, type Schemas } from "../api/client";

/** An entry as it is sent; with the same key it is told once, however often it is sent. */
export type EntryToTell = Schemas["EntryCreateRequest"];

export const tellEntry = (body: EntryToTell, key: string) =>
  data(api.POST("/api/entries", { body, params: { header: { "Idempotency-Key": key } } }));
