import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, data } from "../api/client";
import { ErrorNotice, fieldErrors } from "../parts/notices/Feedback";
import { Field } from "../parts/forms/Field";
import { Form } from "../parts/forms/Form";
import { field } from "../parts/forms/formData";
import { refreshFigures } from "../queries/changes";
import { text } from "../text";
import { forgetSuccess } from "./forgetSuccess";
import { SettingsCard } from "./SettingsCard";

const words = text.you;

/** The form that changes the password, which signs other devices out. */
export function Password() {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (form: FormData) =>
      data(
        api.PATCH("/api/users/me/password", {
          body: {
            current_password: field(form, "current"),
            new_password: field(form, "new"),
          },
        }),
      ),
    // A change of the address that waited has ended with the old password.
    onSuccess: () => void refreshFigures(client, "profile"),
  });
  return (
    <SettingsCard title={words.password}>
      <Form
        error={change.error}
        edited={forgetSuccess(change)}
        send={(answers, form) => change.mutateAsync(answers).then(() => form.reset())}
      >
        <Field
          label={words.current}
          name="current"
          type="password"
          autoComplete="current-password"
          required
          errors={fieldErrors(change.error, "current_password")}
        />
        <Field
          label={words.new}
          hint={text.sign.passwordHint}
          name="new"
          type="password"
          autoComplete="new-password"
          required
          errors={fieldErrors(change.error, "new_password")}
        />
        <ErrorNotice error={change.error} at={["current_password", "new_password"]} />
        <div className="row">
          <button type="submit" className="button" disabled={change.isPending}>
            {words.change}
          </button>
          <span role="status">{change.isSuccess && words.changed}</span>
        </div>
      </Form>
    </SettingsCard>
  );
}
