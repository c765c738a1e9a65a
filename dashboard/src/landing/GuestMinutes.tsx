import { useSyncExternalStore } from "react";

import { text } from "../text";
import { guestSession } from "./guestSession";

const words = text.landing;

/** What a sign-in takes along: the session that began here without an account. */
export function GuestMinutes() {
  const session = useSyncExternalStore(guestSession.subscribe, guestSession.read);
  if (session === null) return null;
  const minutes = guestSession.minutes();
  if (session.ended && minutes === 0) return null;
  return (
    <div className="notice row asks">
      <p>{session.ended ? words.taken(minutes) : words.takenRunning}</p>
      <button type="button" className="button plain" onClick={guestSession.drop}>
        {words.leaveOut}
      </button>
    </div>
  );
}
