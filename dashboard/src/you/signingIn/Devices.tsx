import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, data, type Schemas, signOut } from "../../api/client";
import { ApiError } from "../../api/errors";
import { useOnce } from "../../parts/forms/useOnce";
import { ErrorNotice, QueryFallback } from "../../parts/notices/Feedback";
import { useServerNow } from "../../parts/time/useServerNow";
import { refreshFigures } from "../../queries/changes";
import { devices } from "../../queries/queries";
import { text } from "../../text";
import { Group } from "../rows/Group";
import { useMoments } from "../time";
import { deviceOf } from "./device";
import { DeviceIcon } from "./DeviceIcon";
import "../../styles/you/devices.css";

const words = text.ways.devices;

/** The devices that are signed in, this one first, and the sign-out of each and of all. */
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
  const sorted = [...(found.data?.devices ?? [])].sort(
    (a, b) => Number(b.current) - Number(a.current) || b.last_used_at.localeCompare(a.last_used_at),
  );
  return (
    <Group title={words.devices}>
      {!found.data && <QueryFallback of={[found]} height={76} />}
      {sorted.length > 0 && (
        <ul className="devices">
          {sorted.map((device) => (
            <DeviceRow
              key={device.id}
              device={device}
              zone={zone}
              disabled={end.isPending || leave.isPending}
              onEnd={() => (device.current ? leave.mutate(false) : endOnce(device.id))}
            />
          ))}
        </ul>
      )}
      <div className="setting">
        <div className="setting-name">
          <p className="setting-hint">{words.signOutAllHint}</p>
        </div>
        <div className="setting-control">
          <button
            type="button"
            className="button plain small"
            disabled={leave.isPending}
            onClick={() => leave.mutate(true)}
          >
            {words.signOutAll}
          </button>
        </div>
        <div className="setting-error">
          <ErrorNotice error={end.error ?? (leave.error && notLeft(leave.error))} />
        </div>
      </div>
    </Group>
  );
}

/** Why a sign-out failed: without an answer the service still takes this device for signed in. */
function notLeft(error: Error): Error {
  const isSilent = error instanceof ApiError && error.isUnanswered;
  return isSilent ? new Error(`${error.message} ${words.notSignedOut}`) : error;
}

type RowProps = {
  device: Schemas["Device"];
  zone: string;
  disabled: boolean;
  onEnd: () => void;
};

function DeviceRow({ device, zone, disabled, onEnd }: RowProps) {
  const now = useServerNow(false);
  const moments = useMoments(zone);
  const known = deviceOf(device.user_agent);
  const used = Date.parse(device.last_used_at);
  const lastUsed = words.at(moments.day(used, now), moments.time(used));
  return (
    <li data-current={device.current || undefined}>
      <DeviceIcon {...known} />
      <div>
        <strong>
          <bdi>{known.name}</bdi>
        </strong>
        <p className="soft">
          {device.current && (
            <span className="device-now">
              {words.thisDevice}, {words.activeNow}
            </span>
          )}
          {!device.current && words.lastUsed(lastUsed)}
          {device.ip && <bdi className="device-place">{device.ip}</bdi>}
        </p>
      </div>
      <button
        type="button"
        className="button plain small"
        disabled={disabled}
        aria-label={device.current ? undefined : words.signOutOf(known.name)}
        onClick={onEnd}
      >
        {device.current ? text.sign.out : words.signOutDevice}
      </button>
    </li>
  );
}
