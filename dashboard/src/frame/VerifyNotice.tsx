import { useState } from "react";
import { useLocation } from "react-router";

import { clock } from "../api/clock";
import { storage } from "../api/tabs/storage";
import { useFocus } from "../focus/context";
import { Sent, useSendAgain } from "../links/SendAgain";
import { useMail, useMe } from "../queries/queries";
import { text } from "../text";
import { dayIn } from "./newDay";

const words = text.links.banner;
/** The storage key of the user and the day for which the notice is put away. */
const PUT_AWAY = "focusguard-unconfirmed-put-away";

/**
 * The line that asks for the confirmation of the address; it waits while a session runs, and
 * until tomorrow where it was put away. The page "You" tells it beside the address.
 */
export function VerifyNotice() {
  const user = useMe().data;
  const { session } = useFocus();
  const { pathname } = useLocation();
  const isAsked = user?.email_verified === false;
  const mail = useMail(isAsked);
  const today = isAsked ? `${user.id} ${dayIn(user.timezone, clock.now())}` : "";
  const [putAway, setPutAway] = useState(() => storage.get(PUT_AWAY));
  const send = useSendAgain();
  if (!isAsked || !mail || session || pathname === "/you" || putAway === today) return null;
  return (
    <section className="notice row asks" aria-label={words.label}>
      <p>{words.ask(user.pending_email ?? user.email)}</p>
      <div className="row">
        <button
          type="button"
          className="button plain"
          disabled={send.isPending}
          onClick={() => send.once()}
        >
          {text.links.again}
        </button>
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
      </div>
      <Sent of={send} />
    </section>
  );
}
