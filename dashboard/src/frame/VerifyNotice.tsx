import { useState } from "react";
import { useLocation } from "wouter";

import { clock } from "../api/clock";
import { storage } from "../api/tabs/storage";
import { useFocus } from "../focus/context";
import { Unconfirmed } from "../links/Unconfirmed";
import { useMe, useWays } from "../queries/queries";
import { text } from "../text";
import { dayIn } from "./newDay";

const words = text.links.banner;
/** The storage key of the user and the day for which the notice is put away. */
const PUT_AWAY = "focusguard-unconfirmed-put-away";

/**
 * The line that asks for the confirmation of the address; it waits while a session runs, and
 * until tomorrow where it was put away. The page "You" tells it beside the address, and
 * "Boards" where nobody is listed without it.
 */
export function VerifyNotice() {
  const user = useMe().data;
  const { session } = useFocus();
  const [path] = useLocation();
  const isAsked = user?.email_verified === false;
  const ways = useWays(isAsked);
  const today = isAsked ? `${user.id} ${dayIn(user.timezone, clock.now())}` : "";
  const [putAway, setPutAway] = useState(() => storage.get(PUT_AWAY));
  if (!isAsked || !ways?.mail || session || putAway === today) return null;
  if (path === "/you" || (path === "/boards" && ways.verification_required)) return null;
  return (
    <Unconfirmed why={words.ask(user.pending_email ?? user.email)}>
      <button
        type="button"
        className="button plain"
        onClick={() => {
          storage.set(PUT_AWAY, today);
          setPutAway(today);
          // The button is gone, and with it the place of the keyboard.
          document.getElementById("main")?.focus();
        }}
      >
        {words.putAway}
      </button>
    </Unconfirmed>
  );
}
