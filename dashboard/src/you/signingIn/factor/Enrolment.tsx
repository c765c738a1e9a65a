import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { api, data } from "../../../api/client";
import { Form } from "../../../parts/forms/Form";
import { field } from "../../../parts/forms/formData";
import { ErrorNotice, fieldErrors } from "../../../parts/notices/Feedback";
import { text } from "../../../text";
import { CodeField } from "../../../ways/CodeField";
import { digitsOf } from "../../../ways/digits";
import { proven } from "../../../ways/proof/proof";
import { Copy } from "../../Copy";

const words = text.ways.factor;

/** What an app works the codes out of; its address is what the QR code holds. */
export type Secret = { secret: string; uri: string };

type Props = { secret: Secret; onDone: (codes: string[]) => void; onCancel: () => void };

/** The setting up of the app: scanned or typed, and shown to work by its first code. */
export function Enrolment({ secret, onDone, onCancel }: Props) {
  const confirm = useMutation({
    mutationFn: (form: FormData) => {
      const body = { code: digitsOf(field(form, "code")) };
      return proven(() => data(api.POST("/api/auth/totp/confirm", { body })));
    },
    onSuccess: (made) => onDone(made.recovery_codes),
  });
  return (
    <div className="enrolment">
      <QrCode address={secret.uri} />
      <div className="enrolment-words">
        <p>
          <strong>{words.scan}</strong>
          <span className="soft">{words.scanHint}</span>
        </p>
        <div className="secret">
          <code dir="ltr" aria-label={words.key}>
            {inGroups(secret.secret)}
          </code>
          <Copy value={secret.secret} label={words.copy} done={words.copied} />
        </div>
        <Form error={confirm.error} send={(form) => confirm.mutateAsync(form)}>
          <CodeField label={words.code} errors={fieldErrors(confirm.error, "code")} />
          <ErrorNotice error={confirm.error} at={["code"]} />
          <div className="row">
            <button type="submit" className="button" disabled={confirm.isPending}>
              {words.turnOn}
            </button>
            <button type="button" className="button plain" onClick={onCancel}>
              {words.cancel}
            </button>
          </div>
        </Form>
      </div>
    </div>
  );
}

/** A key in groups of four, as somebody reads it from one screen into another. */
const inGroups = (key: string) => key.replace(/(.{4})(?=.)/g, "$1 ");

/** The address as a QR code, dark on light in every theme, since cameras read no other. */
function QrCode({ address }: { address: string }) {
  const [path, setPath] = useState<{ size: number; d: string } | null>(null);
  useEffect(() => {
    let isLeft = false;
    void import("./qr").then(({ qrPath }) => isLeft || setPath(qrPath(address)));
    return () => {
      isLeft = true;
    };
  }, [address]);
  return (
    <div className="qr">
      {path && (
        <svg viewBox={`-2 -2 ${path.size + 4} ${path.size + 4}`} role="img" aria-label={words.qr}>
          <path d={path.d} />
        </svg>
      )}
    </div>
  );
}
