import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, data, type Schemas } from "../api/client";
import { deviceZone } from "../format";
import { ErrorNotice, fieldErrors } from "../parts/notices/Feedback";
import { Field } from "../parts/forms/Field";
import { Form } from "../parts/forms/Form";
import { field, trimmedField } from "../parts/forms/formData";
import { refreshFigures } from "../queries/changes";
import { me } from "../queries/queries";
import { text } from "../text";
import { forgetSuccess } from "./forgetSuccess";
import { SettingsCard } from "./SettingsCard";

const words = text.you;
const zones = Intl.supportedValuesOf("timeZone");

/** The form of name, e-mail, time zone and visibility on the boards. */
export function Profile({ user }: { user: Schemas["User"] }) {
  const client = useQueryClient();
  const [zone, setZone] = useState(user.timezone);
  const here = deviceZone();
  const save = useMutation({
    mutationFn: (form: FormData) =>
      data(
        api.PUT("/api/users/me", {
          body: {
            username: trimmedField(form, "username"),
            email: trimmedField(form, "email"),
            timezone: field(form, "timezone"),
            leaderboard_visible: form.get("visible") !== null,
          },
        }),
      ),
    onSuccess: async (changed) => {
      client.setQueryData(me.queryKey, changed);
      await refreshFigures(client, "profile");
    },
  });
  const zoneErrors = fieldErrors(save.error, "timezone");
  return (
    <SettingsCard title={words.profile}>
      <Form error={save.error} edited={forgetSuccess(save)} send={(form) => save.mutateAsync(form)}>
        <Field
          label={text.sign.username}
          name="username"
          autoComplete="username"
          required
          defaultValue={user.username}
          errors={fieldErrors(save.error, "username")}
        />
        <Field
          label={text.sign.email}
          name="email"
          type="email"
          autoComplete="email"
          required
          defaultValue={user.email}
          errors={fieldErrors(save.error, "email")}
        />
        <div className="field">
          <label htmlFor="zone">{words.zone}</label>
          <select
            id="zone"
            name="timezone"
            value={zone}
            onChange={(event) => setZone(event.target.value)}
            aria-invalid={zoneErrors.length > 0}
            aria-describedby={zoneErrors.length > 0 ? "zone-hint zone-error" : "zone-hint"}
          >
            {[...new Set([user.timezone, here, ...zones])].sort().map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
          <p className="hint" id="zone-hint">
            {words.zoneHint}
          </p>
          {zoneErrors.length > 0 && (
            <p className="error" id="zone-error">
              {zoneErrors.join(" ")}
            </p>
          )}
          {zone !== here && (
            <button type="button" className="button plain" onClick={() => setZone(here)}>
              {words.zoneOffer(here)}
            </button>
          )}
        </div>
        <label className="check">
          <input type="checkbox" name="visible" defaultChecked={user.leaderboard_visible} />
          {words.visible}
        </label>
        <ErrorNotice error={save.error} at={["username", "email", "timezone"]} />
        <div className="row">
          <button type="submit" className="button" disabled={save.isPending}>
            {words.save}
          </button>
          <span role="status">{save.isSuccess && words.saved}</span>
        </div>
      </Form>
    </SettingsCard>
  );
}
