/** Keep this browser live: one tab holds the socket and tells the others what it hears. */
import type { QueryClient } from "@tanstack/react-query";

import { auth, signOutSettled } from "../api/client";
import { refreshFigures } from "../queries/changes";
import { Connection } from "./connection";
import { Lead } from "./lead";
import { liveness, type Why } from "./liveness";
import type { Message } from "./messages";
import { socketAddress } from "./socketAddress";
import { setClock, Truth } from "./truth";

/** Hear of all changes until the returned function is called; whoever is signed in stays so. */
export function keepLive(client: QueryClient): () => void {
  const [address, user] = [socketAddress(), auth.user];
  if (address === null || user === null) return () => undefined;
  let connection: Connection | null = null;
  let wasLive = false;
  const onState = (why: Why | null) => {
    // Hidden from the polls, which were silent for less than their own interval.
    if (why === null && wasLive && liveness.why !== null) {
      void refreshFigures(client, "preferences");
    }
    wasLive ||= why === null;
    liveness.set(why);
    lead.tell(why);
  };
  const holdSocket = () => {
    const truth = new Truth(client);
    connection = new Connection({ address, ...signedInAs(user), onState, onMessage });
    function onMessage(message: Message, askedAt: number) {
      if (message.type === "ready") setClock(message.server_time, askedAt, performance.now());
      else truth.hear(message);
    }
    onState("connecting");
    connection.start();
    return () => {
      connection?.stop();
      connection = null;
      truth.stop();
    };
  };
  const lead = new Lead({
    user,
    lead: holdSocket,
    onLook: () => connection?.look(),
    onState: (why) => liveness.set(why),
  });
  const stopListening = listen({
    look: () => lead.look(),
    online: () => connection?.online(),
    offline: () => connection?.offline(),
  });
  lead.start();
  return () => {
    stopListening();
    lead.stop();
    liveness.set("connecting");
  };
}

/** The sign-in of a socket, which is over once another person is signed in. */
const signedInAs = (user: string) => ({
  token: async () => {
    const token = await auth.bearer();
    return auth.user === user ? token : null;
  },
  refresh: async () => {
    // The socket of who signs out here is closed before the answer comes that says so.
    await signOutSettled();
    return auth.user === user && (await auth.refresh());
  },
  // In every tab of the browser: the others would find out by their next request.
  onSignedOut: () => {
    if (auth.user === user || auth.user === null) auth.forget();
  },
});

function listen(to: { look: () => void; online: () => void; offline: () => void }): () => void {
  const seen = () => {
    if (document.visibilityState === "visible") to.look();
  };
  document.addEventListener("visibilitychange", seen);
  window.addEventListener("online", to.online);
  window.addEventListener("offline", to.offline);
  return () => {
    document.removeEventListener("visibilitychange", seen);
    window.removeEventListener("online", to.online);
    window.removeEventListener("offline", to.offline);
  };
}
