import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, data } from "../../api/client";
import { Form } from "../../parts/forms/Form";
import { field } from "../../parts/forms/formData";
import { PasswordField } from "../../parts/forms/PasswordField";
import { ErrorNotice, fieldErrors } from "../../parts/notices/Feedback";
import { refreshFigures } from "../../queries/changes";
import { useHasPassword } from "../../queries/ways";
import { text } from "../../text";
import { Group } from "../rows/Group";
import { FirstPassword } from "./FirstPassword";

const words = text.ways.devices;

/** The form that changes the password, or sets the first one; both sign other devices out. */
export function Password() {
  return useHasPassword() ? <ChangedPassword /> : <FirstPassword />;
}

function ChangedPassword() {
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
    onSuccess: async () => {
      // A change of the address that waited has ended with the old password, and so have devices.
      await refreshFigures(client, "profile");
      await refreshFigures(client, "devices");
    },
  });
  return (
    <Group title={words.password}>
      <div className="settings-form">
        <Form
          error={change.error}
          edited={() => change.isSuccess && change.reset()}
          send={(answers, form) => change.mutateAsync(answers).then(() => form.reset())}
        >
          <PasswordField
            label={words.current}
            name="current"
            autoComplete="current-password"
            errors={fieldErrors(change.error, "current_password")}
          />
          <PasswordField
            label={text.you.new}
            hint={text.sign.passwordHint}
            name="new"
            autoComplete="new-password"
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
      </div>
    </Group>
  );
}
