import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, data } from "../api/client";
import { ApiError } from "../api/errors";
import { useOnce } from "../parts/forms/useOnce";
import { ErrorNotice } from "../parts/notices/Feedback";
import { refreshFigures } from "../queries/changes";
import { text } from "../text";

const words = text.links;

/** The mutation that sends the mail once more that confirms an address of the signed-in user. */
export function useSendAgain() {
  const client = useQueryClient();
  const send = useMutation({
    mutationFn: () => data(api.POST("/api/auth/email/verification")),
    onError: (error) => {
      // Confirmed on another device meanwhile: what asks for it is gone with the next look.
      if (isConfirmed(error)) void refreshFigures(client, "profile");
    },
  });
  return { ...send, once: useOnce(send.mutateAsync) };
}

const isConfirmed = (error: Error | null) =>
  error instanceof ApiError && error.code === "EMAIL_ALREADY_VERIFIED";

type Sending = ReturnType<typeof useSendAgain>;

/** The outcome of another mail, as words. */
export function Sent({ of }: { of: Sending }) {
  return (
    <>
      <span role="status">{of.isSuccess && words.sent}</span>
      <ErrorNotice error={of.error} />
    </>
  );
}

/** The button that asks for another mail, with its outcome. */
export function SendAgain({ label = words.again, plain = false }) {
  const send = useSendAgain();
  return (
    <>
      <button
        type="button"
        className={plain ? "button plain" : "button"}
        disabled={send.isPending}
        onClick={() => send.once()}
      >
        {label}
      </button>
      <Sent of={send} />
    </>
  );
}
