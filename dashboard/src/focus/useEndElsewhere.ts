/** The end of a session that another tab, another device or the server has ended. */
import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useEffect } from "react";

import { auth, type Schemas } from "../api/client";
import { shared } from "../queries/shared";
import { lastSession } from "./lastSession";
import { askSession, sender, type Session } from "./outbox/sessionRequests";
import { isNews } from "./useEnded";

/** Show a session that runs no more; `verified` is undefined until it is known what runs. */
export function useEndElsewhere(
  verified: Schemas["RunningSession"] | null | undefined,
  knownRef: RefObject<string | null>,
  show: (over: Session) => void,
): void {
  const client = useQueryClient();
  const id = verified === undefined ? undefined : (verified?.id ?? null);
  const userId = verified?.user_id;
  useEffect(() => {
    if (verified) lastSession.see(verified);
  }, [verified]);
  useEffect(() => {
    if (id === undefined) return;
    const before = knownRef.current ?? lastSession.of(auth.user);
    knownRef.current = id;
    if (id !== null && userId !== undefined) lastSession.keep(userId, id);
    if (before === null || before === id) return;
    const lookUp = async () => {
      const found = await client.fetchQuery({
        queryKey: ["session", before],
        queryFn: shared("timer", async () => {
          const over = await askSession(before);
          // The server shows it as ended before its minutes are credited: settle it now. An
          // open one that was left has none, and the server refuses to complete it.
          const errand = { user: over.user_id, session: over.id };
          const hasCredit = isNews(over) && over.status === "completed";
          if (hasCredit) void sender.put({ ...errand, what: "complete", due: true });
          return over;
        }),
      });
      if (id === null) lastSession.forget();
      if (isNews(found)) show(found);
    };
    lookUp().catch(() => undefined);
  }, [id, userId, client, knownRef, show]);
}
