import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, data, type Schemas } from "../../../api/client";
import { Field } from "../../../parts/forms/Field";
import { Form } from "../../../parts/forms/Form";
import { trimmedField } from "../../../parts/forms/formData";
import { ErrorNotice, fieldErrors } from "../../../parts/notices/Feedback";
import { refreshFigures } from "../../../queries/changes";
import { text } from "../../../text";
import { proven } from "../../../ways/proof/proof";

const words = text.ways.passkeys;

type Props = { passkey: Schemas["Passkey"]; onDone: () => void };

/** The form in the place of a passkey's name. */
export function Rename({ passkey, onDone }: Props) {
  const client = useQueryClient();
  const rename = useMutation({
    mutationFn: (name: string) =>
      proven(() =>
        data(
          api.PATCH("/api/auth/passkeys/{passkey_id}", {
            params: { path: { passkey_id: passkey.id } },
            body: { name },
          }),
        ),
      ),
    onSuccess: async () => {
      await refreshFigures(client, "passkeys");
      onDone();
    },
  });
  const send = async (form: FormData) => {
    const name = trimmedField(form, "name");
    if (name === passkey.name) return onDone();
    await rename.mutateAsync(name);
  };
  return (
    <div className="keeping-form" onKeyDown={(event) => event.key === "Escape" && onDone()}>
      <Form error={rename.error} send={send}>
        <Field
          label={words.name}
          name="name"
          defaultValue={passkey.name}
          autoComplete="off"
          maxLength={50}
          autoFocus
          onFocus={({ target }) => target.select()}
          errors={fieldErrors(rename.error, "name")}
          beside={
            <button type="submit" className="button small" disabled={rename.isPending}>
              {words.save}
            </button>
          }
        />
        <ErrorNotice error={rename.error} at={["name"]} />
      </Form>
    </div>
  );
}
