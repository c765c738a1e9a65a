import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";

import { api, data } from "../../api/client";
import { Sheet } from "../../parts/floating/Sheet";
import { Form } from "../../parts/forms/Form";
import { field, trimmedField } from "../../parts/forms/formData";
import { PasswordField } from "../../parts/forms/PasswordField";
import { Segmented } from "../../parts/forms/Segmented";
import { ErrorNotice, fieldErrors } from "../../parts/notices/Feedback";
import { useMe, useWays } from "../../queries/queries";
import { passkeys, useHasPassword } from "../../queries/ways";
import { text } from "../../text";
import { CodeField } from "../CodeField";
import { RecoveryField } from "../RecoveryField";
import { hasPasskeys, NoPasskey, sign } from "../passkey";
import { factorOf, sendFactor } from "../typedCode";
import { proofAsked } from "./proof";

const words = text.ways.proof;

type By = keyof typeof words.ways;
const BY_FACTOR: By[] = ["code", "recovery_code"];
const BY_PASSWORD: By[] = ["password"];
const BY_PASSKEY: By[] = ["passkey"];

/** The sheet in which somebody who is signed in proves once more who they are. */
export default function ProofSheet() {
  const question = useSyncExternalStore(proofAsked.subscribe, proofAsked.now);
  return (
    <Sheet title={words.title} open={question !== null} onClose={() => question?.givenUp()}>
      {question && <Proof done={question.given} />}
    </Sheet>
  );
}

/** What this person, on this device, can prove it by: the second factor, where it is on. */
function useBy(): By[] {
  const hasPassword = useHasPassword();
  const hasFactor = useMe().data?.second_factor === true;
  const isOffered = useWays()?.passkeys === true && hasPasskeys();
  const own = useQuery({ ...passkeys, enabled: isOffered }).data?.passkeys ?? [];
  const takesPasskeys = isOffered && own.length > 0;
  const first = hasFactor ? BY_FACTOR : hasPassword ? BY_PASSWORD : [];
  return [...first, ...(takesPasskeys ? BY_PASSKEY : [])];
}

async function send(by: By, form: FormData): Promise<void> {
  const body = await proofOf(by, form);
  const post = () => data(api.POST("/api/auth/proof", { body }));
  await ("code" in body || "recovery_code" in body ? sendFactor(body, post) : post());
}

async function proofOf(by: By, form: FormData) {
  switch (by) {
    case "password":
      return { password: field(form, "password") };
    case "code":
      return factorOf(field(form, "code"));
    case "recovery_code":
      return { recovery_code: trimmedField(form, "recovery_code") };
    case "passkey":
      return sign(await data(api.POST("/api/auth/proof/options")));
  }
}

function Proof({ done }: { done: () => void }) {
  const choices = useBy();
  const [chosen, setChosen] = useState<By | undefined>(choices[0]);
  const by = choices.find((one) => one === chosen) ?? choices[0];
  const prove = useMutation({
    mutationFn: (form: FormData) => send(by ?? "password", form),
    onSuccess: done,
  });
  const box = useRef<HTMLDivElement>(null);
  // After the dialog has been opened, which gives its first button the focus.
  useEffect(() => {
    queueMicrotask(() => box.current?.querySelector<HTMLElement>("form input")?.focus());
  }, [by]);
  // Another sign-in is a proof too, and all that somebody has who came by another service.
  if (by === undefined) return <p>{words.signInAgain}</p>;
  return (
    <div className="proof" ref={box}>
      <p className="soft">{words.lead}</p>
      {choices.length > 1 && (
        <Segmented
          legend={words.by}
          choices={choices.map((one) => [one, words.ways[one]] as const)}
          chosen={by}
          onChoose={(one) => {
            prove.reset();
            setChosen(one);
          }}
        />
      )}
      <Form key={by} error={prove.error} send={(form) => prove.mutateAsync(form)}>
        <ProofField by={by} error={prove.error} />
        {prove.error instanceof NoPasskey ? (
          <p className="notice" role="status">
            {words.noPasskey}
          </p>
        ) : (
          <ErrorNotice error={prove.error} at={by === "passkey" ? [] : [by, "code"]} />
        )}
        <button type="submit" className="button" disabled={prove.isPending}>
          {words.confirm}
        </button>
      </Form>
    </div>
  );
}

function ProofField({ by, error }: { by: By; error: Error | null }) {
  const errors = fieldErrors(error, by);
  switch (by) {
    case "password":
      return (
        <PasswordField
          label={words.ways.password}
          name="password"
          autoComplete="current-password"
          errors={errors}
        />
      );
    case "code":
      return <CodeField label={words.ways.code} hint={words.codeHint} errors={errors} />;
    case "recovery_code":
      return <RecoveryField label={words.ways.recovery_code} error={error} />;
    case "passkey":
      return <p>{words.passkeyLead}</p>;
  }
}
