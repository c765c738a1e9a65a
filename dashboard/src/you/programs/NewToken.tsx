import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, data, type Schemas } from "../../api/client";
import { Field } from "../../parts/forms/Field";
import { Form } from "../../parts/forms/Form";
import { trimmedField } from "../../parts/forms/formData";
import { ErrorNotice, fieldErrors } from "../../parts/notices/Feedback";
import { Segmented } from "../../parts/forms/Segmented";
import { refreshFigures } from "../../queries/changes";
import { text } from "../../text";
import { proven } from "../../ways/proof/proof";
import { Group } from "../rows/Group";
import { Scopes } from "./Scopes";

const words = text.ways.programs;

type Props = { onMade: (token: string) => void; onCancel: () => void };
type Scope = Schemas["ApiToken"]["scopes"][number];
type Lasting = keyof typeof words.lasts;

/** The form of a new token: its name, what it may do, and when it ends. */
export function NewToken({ onMade, onCancel }: Props) {
  const client = useQueryClient();
  const [lasts, setLasts] = useState<Lasting>("90");
  const make = useMutation({
    mutationFn: (form: FormData) => {
      const body = {
        name: trimmedField(form, "name"),
        scopes: form.getAll("scopes") as Scope[],
        expires_in_days: Number(lasts),
      };
      return proven(() => data(api.POST("/api/auth/api-tokens", { body })));
    },
    onSuccess: ({ token }) => {
      onMade(token);
      void refreshFigures(client, "api-tokens");
    },
  });
  const wrongScopes = fieldErrors(make.error, "scopes");
  return (
    <Group title={words.make}>
      <div className="settings-form token-form">
        <Form error={make.error} send={(form) => make.mutateAsync(form)}>
          <Field
            label={words.name}
            hint={words.nameHint}
            name="name"
            autoComplete="off"
            maxLength={64}
            required
            autoFocus
            errors={fieldErrors(make.error, "name")}
          />
          <Scopes errors={wrongScopes.length > 0 ? [words.chooseOne] : []} />
          <Segmented
            legend={words.ends}
            choices={Object.entries(words.lasts) as [Lasting, string][]}
            chosen={lasts}
            onChoose={setLasts}
          />
          <ErrorNotice error={make.error} at={["name", "scopes"]} />
          <div className="row">
            <button type="submit" className="button" disabled={make.isPending}>
              {words.makeIt}
            </button>
            <button type="button" className="button plain" onClick={onCancel}>
              {words.cancel}
            </button>
          </div>
        </Form>
      </div>
    </Group>
  );
}
