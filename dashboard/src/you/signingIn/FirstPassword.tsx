import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, data } from "../../api/client";
import { say } from "../../parts/floating/toasts";
import { Form } from "../../parts/forms/Form";
import { field } from "../../parts/forms/formData";
import { PasswordField } from "../../parts/forms/PasswordField";
import { ErrorNotice, fieldErrors } from "../../parts/notices/Feedback";
import { refreshFigures } from "../../queries/changes";
import { text } from "../../text";
import { proven } from "../../ways/proof/proof";
import { Group } from "../rows/Group";

const words = text.ways.devices;

/** The form that sets a password for whoever came by another service. */
export function FirstPassword() {
  const client = useQueryClient();
  const set = useMutation({
    mutationFn: (new_password: string) =>
      proven(() => data(api.POST("/api/auth/password", { body: { new_password } }))),
    onSuccess: () => {
      // This form gives way to that of a change.
      say(words.wasSet);
      return refreshFigures(client, "first-password");
    },
  });
  return (
    <Group title={words.password} lead={words.none}>
      <div className="settings-form">
        <Form error={set.error} send={(form) => set.mutateAsync(field(form, "new"))}>
          <PasswordField
            label={text.you.new}
            hint={text.sign.passwordHint}
            name="new"
            autoComplete="new-password"
            errors={fieldErrors(set.error, "new_password")}
          />
          <ErrorNotice error={set.error} at={["new_password"]} />
          <div>
            <button type="submit" className="button" disabled={set.isPending}>
              {words.set}
            </button>
          </div>
        </Form>
      </div>
    </Group>
  );
}
