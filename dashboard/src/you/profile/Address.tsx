import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, data, type Schemas } from "../../api/client";
import { Breakable } from "../../links/Breakable";
import { SendAgain } from "../../links/SendAgain";
import { useOnce } from "../../parts/forms/useOnce";
import { ErrorNotice } from "../../parts/notices/Feedback";
import { refreshFigures } from "../../queries/changes";
import { text } from "../../text";

const words = text.you;

/** The notice of an unconfirmed address, or of the one that is to replace it. */
export function Address({ user }: { user: Schemas["User"] }) {
  if (user.pending_email) return <Pending user={user} address={user.pending_email} />;
  if (user.email_verified) return null;
  return (
    <div className="notice row asks">
      <p>
        <Breakable>{words.unconfirmed(user.email)}</Breakable>
      </p>
      <SendAgain plain />
    </div>
  );
}

function Pending({ user, address }: { user: Schemas["User"]; address: string }) {
  const client = useQueryClient();
  const keep = useMutation({
    mutationFn: () => data(api.DELETE("/api/users/me/pending-email")),
    onSettled: () => refreshFigures(client, "profile"),
    // The button is gone, and with it the place of the keyboard.
    onSuccess: () => document.querySelector<HTMLElement>('input[name="email"]')?.focus(),
  });
  const keepOnce = useOnce(keep.mutateAsync);
  return (
    <div className="notice row asks">
      <p>
        <Breakable>{words.pending(address, user.email)}</Breakable>
      </p>
      <SendAgain plain />
      <button
        type="button"
        className="button plain"
        disabled={keep.isPending}
        onClick={() => keepOnce()}
      >
        {words.keepAddress}
      </button>
      <ErrorNotice error={keep.error} />
    </div>
  );
}
