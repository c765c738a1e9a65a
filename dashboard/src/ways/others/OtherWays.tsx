import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { ApiError } from "../../api/errors";
import { isolated } from "../../format";
import { useOnce } from "../../parts/forms/useOnce";
import { ErrorNotice } from "../../parts/notices/Feedback";
import { text } from "../../text";
import type { WaysIn } from "../../queries/queries";
import { hasPasskeys, NoPasskey } from "../passkey";
import { leaveFor } from "./leaving";
import { PasskeyIcon, ProviderIcon } from "./icons";
import { signInByPasskey } from "./byPasskey";
import { useAutofill } from "./useAutofill";
import "../../styles/you/ways.css";

const words = text.ways.signIn;

type Props = { ways: WaysIn; creating: boolean };

/** The ways in beside the password: a passkey, and accounts that somebody has elsewhere. */
export default function OtherWays({ ways, creating }: Props) {
  const takesPasskeys = ways.passkeys && !creating && hasPasskeys();
  const { providers } = ways;
  const byPasskey = useMutation({ mutationFn: signInByPasskey });
  const byProvider = useMutation({ mutationFn: (id: string) => leaveFor(id, "sign_in") });
  const askOnce = useOnce(byPasskey.mutateAsync);
  const leaveOnce = useOnce(byProvider.mutateAsync);
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  useAutofill(takesPasskeys, setRefusal);
  if (!takesPasskeys && providers.length === 0) return null;
  const error = byPasskey.error ?? byProvider.error ?? refusal;
  return (
    <div className="other-ways">
      <p className="or">
        <span>{words.or}</span>
      </p>
      {takesPasskeys && (
        <button type="button" className="button plain" onClick={() => askOnce()}>
          <PasskeyIcon />
          {words.passkey}
        </button>
      )}
      {providers.map(({ id, name }) => (
        <button
          type="button"
          className="button plain"
          key={id}
          disabled={byProvider.isPending || byProvider.isSuccess}
          onClick={() => leaveOnce(id)}
        >
          <ProviderIcon id={id} />
          {words.provider(isolated(name))}
        </button>
      ))}
      <Failure error={error} />
    </div>
  );
}

function Failure({ error }: { error: Error | null }) {
  if (error instanceof NoPasskey) {
    return (
      <p className="notice" role="status">
        {words.noPasskey}
      </p>
    );
  }
  const ended = error instanceof ApiError ? words.ended[error.code] : undefined;
  return <ErrorNotice error={ended === undefined ? error : new Error(ended)} />;
}
