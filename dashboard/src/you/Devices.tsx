import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, data, signOut } from "../api/client";
import { dayOf, deviceName } from "../format";
import { ErrorNotice, QueryFallback } from "../parts/notices/Feedback";
import { useOnce } from "../parts/forms/useOnce";
import { refreshFigures } from "../queries/changes";
import { devices } from "../queries/queries";
import { text } from "../text";
import { SettingsCard } from "./SettingsCard";

const words = text.you;

/** The devices that are signed in, each with its sign-out, and the sign-out of this one. */
export function Devices({ zone }: { zone: string }) {
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
      signOut(() =>
        data(everywhere ? api.POST("/api/auth/logout-all") : api.POST("/api/auth/logout")),
      ),
  });
  return (
    <SettingsCard title={words.devices}>
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
    </SettingsCard>
  );
}
