import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { api, data, leave as leaveBy, type Schemas } from "../api/client";
import { dayOf, deviceName, deviceZone } from "../format";
import { Confirm } from "../parts/Confirm";
import { Field } from "../parts/Field";
import { Form } from "../parts/Form";
import { field, trimmedField } from "../parts/formData";
import { useTitle } from "../parts/hooks";
import { useOnce } from "../parts/once";
import { devices, me, refreshFigures, useMe } from "../parts/queries";
import { ErrorNotice, fieldErrors, QueryFallback } from "../parts/Feedback";
import { text } from "../text";
import "../styles/you.css";

const words = text.you;
type User = Schemas["User"];

export default function You() {
  useTitle(`${words.title} · ${text.name}`);
  const profile = useMe();
  if (!profile.data) {
    return <QueryFallback of={[profile]} height={420} />;
  }
  return (
    <>
      <div className="heading">
        <h1>{profile.data.username}</h1>
        <p className="soft">
          {words.member(dayOf(profile.data.created_at, profile.data.timezone))}
        </p>
      </div>
      <div className="pair-cards">
        <Profile user={profile.data} />
        <Password />
        <Devices zone={profile.data.timezone} />
        <Data user={profile.data} />
      </div>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="card">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

const zones = Intl.supportedValuesOf("timeZone");

function Profile({ user }: { user: User }) {
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
  const wrongZone = fieldErrors(save.error, "timezone");
  return (
    <Part title={words.profile}>
      <Form error={save.error} edited={forget(save)} send={(form) => save.mutateAsync(form)}>
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
            aria-invalid={wrongZone.length > 0}
            aria-describedby={wrongZone.length > 0 ? "zone-hint zone-error" : "zone-hint"}
          >
            {[...new Set([user.timezone, here, ...zones])].sort().map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
          <p className="hint" id="zone-hint">
            {words.zoneHint}
          </p>
          {wrongZone.length > 0 && (
            <p className="error" id="zone-error">
              {wrongZone.join(" ")}
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
    </Part>
  );
}

/** What takes back the word of a success once somebody types on. */
const forget = (done: { isSuccess: boolean; reset: () => void }) => () => {
  if (done.isSuccess) done.reset();
};

function Password() {
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
  });
  return (
    <Part title={words.password}>
      <Form
        error={change.error}
        edited={forget(change)}
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
    </Part>
  );
}

function Devices({ zone }: { zone: string }) {
  const client = useQueryClient();
  const found = useQuery(devices);
  const end = useMutation({
    mutationFn: (id: string) =>
      data(api.DELETE("/api/auth/devices/{device_id}", { params: { path: { device_id: id } } })),
    onSettled: () => refreshFigures(client, "devices"),
  });
  const endOnce = useOnce(end.mutateAsync);
  const leave = useMutation({
    mutationFn: (everywhere: boolean) =>
      leaveBy(() =>
        data(everywhere ? api.POST("/api/auth/logout-all") : api.POST("/api/auth/logout")),
      ),
  });
  return (
    <Part title={words.devices}>
      <ul className="devices">
        {(found.data?.devices ?? []).map((device) => (
          <li key={device.id}>
            <div>
              <strong>{deviceName(device.user_agent)}</strong>
              <p className="soft">
                {device.current
                  ? words.thisDevice
                  : words.lastUsed(dayOf(device.last_used_at, zone))}
                {device.ip && ` · ${device.ip}`}
              </p>
            </div>
            {!device.current && (
              <button
                type="button"
                className="button plain"
                disabled={end.isPending}
                onClick={() => endOnce(device.id)}
              >
                {words.signOutDevice}
              </button>
            )}
          </li>
        ))}
      </ul>
      {!found.data && <QueryFallback of={[found]} height={64} />}
      <ErrorNotice error={end.error ?? leave.error} />
      <div className="row">
        <button
          type="button"
          className="button"
          disabled={leave.isPending}
          onClick={() => leave.mutate(false)}
        >
          {text.sign.out}
        </button>
        <button
          type="button"
          className="button plain"
          disabled={leave.isPending}
          onClick={() => leave.mutate(true)}
        >
          {words.signOutAll}
        </button>
      </div>
    </Part>
  );
}

async function download(format: "json" | "csv"): Promise<void> {
  const file = await data(
    api.GET("/api/users/me/export", { params: { query: { format } }, parseAs: "blob" }),
  );
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `focusguard.${format}`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function Data({ user }: { user: User }) {
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState("");
  const fetchAll = useMutation({ mutationFn: download });
  const fetchOnce = useOnce(fetchAll.mutateAsync);
  const remove = useMutation({
    mutationFn: () => leaveBy(() => data(api.DELETE("/api/users/me"))),
  });
  return (
    <Part title={words.data}>
      <div className="row">
        <button
          type="button"
          className="button plain"
          disabled={fetchAll.isPending}
          onClick={() => fetchOnce("json")}
        >
          {words.export}
        </button>
        <button
          type="button"
          className="button plain"
          disabled={fetchAll.isPending}
          onClick={() => fetchOnce("csv")}
        >
          {words.exportCsv}
        </button>
      </div>
      <ErrorNotice error={fetchAll.error ?? remove.error} />
      <p className="soft">{words.deleteText}</p>
      <div>
        <button
          type="button"
          className="button warn"
          disabled={remove.isPending}
          onClick={() => setAsking(true)}
        >
          {words.delete}
        </button>
      </div>
      <Confirm
        title={words.delete}
        open={asking}
        onClose={() => setAsking(false)}
        onYes={() => {
          setAsking(false);
          remove.mutate();
        }}
        yes={words.deleteYes}
        no={words.cancel}
        disabled={typed !== user.username}
      >
        <p>{words.deleteText}</p>
        <Field
          label={words.deleteConfirm(user.username)}
          value={typed}
          autoComplete="off"
          autoCapitalize="none"
          onChange={(event) => setTyped(event.target.value)}
        />
      </Confirm>
    </Part>
  );
}
