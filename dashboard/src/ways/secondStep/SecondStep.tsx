import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { api, data } from "../../api/client";
import { Form } from "../../parts/forms/Form";
import { field, trimmedField } from "../../parts/forms/formData";
import { ErrorNotice, fieldErrors } from "../../parts/notices/Feedback";
import { text } from "../../text";
import { CodeField } from "../CodeField";
import { enter } from "../entering";
import { isOver, Over } from "../Over";
import { RecoveryField } from "../RecoveryField";
import { hasPasskeys, NoPasskey, sign } from "../passkey";
import { factorOf, sendFactor } from "../typedCode";
import "../../styles/you/ways.css";

const words = text.ways.signIn;

const BY = ["totp", "recovery_code", "passkey"] as const;
type By = (typeof BY)[number];
/** A sign-in whose first step is done. */
export type Begun = { flow_token: string; methods: string[] };

const LABELS: Record<By, string> = {
  totp: words.byCode,
  recovery_code: words.byRecovery,
  passkey: words.byPasskey,
};
const LEADS: Record<By, string> = {
  totp: words.codeLead,
  recovery_code: words.recoveryLead,
  passkey: words.passkeyLead,
};

async function send(by: By, { flow_token }: Begun, form: FormData) {
  const own = { flow_token };
  if (by === "passkey") {
    const options = await data(api.POST("/api/auth/second-factor/options", { body: own }));
    const { credential } = await sign({ ...options, flow_token: "" });
    return data(api.POST("/api/auth/second-factor", { body: { ...own, credential } }));
  }
  const factor =
    by === "totp"
      ? factorOf(field(form, "code"))
      : { recovery_code: trimmedField(form, "recovery_code") };
  return sendFactor(factor, () =>
    data(api.POST("/api/auth/second-factor", { body: { ...own, ...factor } })),
  );
}

type Props = { begun: Begun; onBack: () => void };

/** The second step of a sign-in: a code of the app, a kept one, or a passkey. */
export default function SecondStep({ begun, onBack }: Props) {
  const choices = BY.filter(
    (by) => begun.methods.includes(by) && (by !== "passkey" || hasPasskeys()),
  );
  const [chosen, setChosen] = useState<By>(choices[0] ?? "totp");
  const step = useMutation({
    mutationFn: (form: FormData) => send(chosen, begun, form),
    onSuccess: enter,
  });
  const hasEnded = isOver(step.error);
  return (
    <>
      <h1>{words.stepTitle}</h1>
      {hasEnded ? (
        <Over words={words.stepEnded} />
      ) : (
        <>
          <p className="soft">{LEADS[chosen]}</p>
          <Form key={chosen} error={step.error} send={(form) => step.mutateAsync(form)}>
            <StepField by={chosen} error={step.error} />
            <StepError error={step.error} />
            <button type="submit" className="button big" disabled={step.isPending}>
              {chosen === "passkey" ? words.byPasskey : text.sign.in}
            </button>
          </Form>
        </>
      )}
      <div className="ways">
        {!hasEnded &&
          choices
            .filter((by) => by !== chosen)
            .map((by) => (
              <button
                type="button"
                className="linklike"
                key={by}
                onClick={() => {
                  step.reset();
                  setChosen(by);
                }}
              >
                {LABELS[by]}
              </button>
            ))}
        <button type="button" className="linklike" onClick={onBack}>
          {words.back}
        </button>
      </div>
    </>
  );
}

function StepField({ by, error }: { by: By; error: Error | null }) {
  if (by === "passkey") return null;
  if (by === "totp") {
    return <CodeField label={words.code} autoFocus errors={fieldErrors(error, "code")} />;
  }
  return <RecoveryField label={words.recovery} error={error} isFirst />;
}

function StepError({ error }: { error: Error | null }) {
  if (error instanceof NoPasskey) {
    return (
      <p className="notice" role="status">
        {words.noPasskey}
      </p>
    );
  }
  return <ErrorNotice error={error} at={["code", "recovery_code"]} />;
}
