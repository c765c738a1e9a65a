import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, data, type Schemas } from "../api/client";
import { useDeviceZone } from "../parts/time/useDeviceZone";
import { ErrorNotice, fieldErrors } from "../parts/notices/Feedback";
import { Field } from "../parts/forms/Field";
import { Form } from "../parts/forms/Form";
import { refreshFigures } from "../queries/changes";
import { me, useWays } from "../queries/queries";
import { text } from "../text";
import { Address } from "./Address";
import { forgetSuccess } from "./forgetSuccess";
import { SettingsCard } from "./SettingsCard";

const words = text.you;
const zones = Intl.supportedValuesOf("timeZone");
type Changes = Schemas["ProfileUpdateRequest"];

/** The form of name, e-mail, time zone and visibility on the boards. */
export function Profile({ user }: { user: Schemas["User"] }) {
  const client = useQueryClient();
  // Only what was changed here is sent: the rest may have been changed by another device.
  const [changes, setChanges] = useState<Changes>({});
  const shown = { ...user, ...changes };
  const here = useDeviceZone();
  const { mail, verification_required } = useWays() ?? {};
  const save = useMutation({
    mutationFn: ({ username, email, ...rest }: Changes) => {
      const body = {
        ...rest,
        ...(username !== undefined && { username: username.trim() }),
        ...(email !== undefined && { email: email.trim() }),
      };
      return data(api.PATCH("/api/users/me", { body }));
    },
    onSuccess: async (changed) => {
      client.setQueryData(me.queryKey, changed);
      setChanges({});
      await refreshFigures(client, "profile");
    },
  });
  const change = (now: Changes) => {
    forgetSuccess(save)();
    setChanges((before) => ({ ...before, ...now }));
  };
  const zoneErrors = fieldErrors(save.error, "timezone");
  return (
    <SettingsCard title={words.profile}>
      <Form error={save.error} send={() => save.mutateAsync(changes)}>
        <Field
          label={text.sign.username}
          name="username"
          autoComplete="username"
          required
          value={shown.username}
          onChange={({ target }) => change({ username: target.value })}
          errors={fieldErrors(save.error, "username")}
        />
        <Field
          label={text.sign.email}
          name="email"
          type="email"
          autoComplete="email"
          required
          value={shown.email}
          onChange={({ target }) => change({ email: target.value })}
          hint={mail && user.email_verified && !user.pending_email ? words.confirmed : undefined}
          errors={fieldErrors(save.error, "email")}
        />
        {mail && <Address user={user} />}
        <div className="field">
          <label htmlFor="zone">{words.zone}</label>
          <select
            id="zone"
            name="timezone"
            value={shown.timezone}
            onChange={({ target }) => change({ timezone: target.value })}
            aria-invalid={zoneErrors.length > 0}
            aria-describedby={zoneErrors.length > 0 ? "zone-hint zone-error" : "zone-hint"}
          >
            {[...new Set([user.timezone, shown.timezone, here, ...zones])].sort().map((name) => (
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
          {shown.timezone !== here && (
            <button
              type="button"
              className="button plain"
              onClick={() => change({ timezone: here })}
            >
              {words.zoneOffer(here)}
            </button>
          )}
        </div>
        <label className="check">
          <input
            type="checkbox"
            name="visible"
            checked={shown.leaderboard_visible}
            onChange={({ target }) => change({ leaderboard_visible: target.checked })}
          />
          <span>
            {words.visible}
            {verification_required && !user.email_verified && (
              <span className="soft"> {words.visibleWaits}</span>
            )}
          </span>
        </label>
        {mail && (
          <label className="check">
            <input
              type="checkbox"
              name="report"
              checked={shown.weekly_report}
              onChange={({ target }) => change({ weekly_report: target.checked })}
            />
            <span>
              {words.report} <span className="soft">{words.reportHint}</span>
              {!user.email_verified && <span className="soft"> {words.reportWaits}</span>}
            </span>
          </label>
        )}
        <ErrorNotice error={save.error} at={["username", "email", "timezone"]} />
        <div className="row">
          <button type="submit" className="button" disabled={save.isPending}>
            {words.save}
          </button>
          <span role="status">
            {save.isSuccess &&
              (save.variables.email !== undefined && save.data.pending_email !== null
                ? words.savedPending
                : words.saved)}
          </span>
        </div>
      </Form>
    </SettingsCard>
  );
}
