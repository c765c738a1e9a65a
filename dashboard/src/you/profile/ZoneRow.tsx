import { useState } from "react";

import type { Schemas } from "../../api/client";
import { useDeviceZone } from "../../parts/time/useDeviceZone";
import { useServerNow } from "../../parts/time/useServerNow";
import { text } from "../../text";
import { Row } from "../rows/Row";
import { savingOf } from "../rows/saving";
import { useMoments } from "../time";
import { useChangeProfile } from "./useChangeProfile";
import { ZonePicker } from "./ZonePicker";
import { cityOf, offsetOf, todaysName } from "./zones";

const words = text.you;

/** The zone by which days begin: its city, offset and time, and the device's where it differs. */
export function ZoneRow({ user }: { user: Schemas["User"] }) {
  const [isOpen, setOpen] = useState(false);
  const save = useChangeProfile();
  const now = useServerNow(true);
  const here = useDeviceZone();
  const zone = save.isPending ? (save.variables.timezone ?? user.timezone) : user.timezone;
  const time = useMoments(zone).time(now);
  const choose = (timezone: string) => {
    setOpen(false);
    if (timezone !== zone) save.mutate({ timezone });
  };
  return (
    <Row title={words.zone} hint={words.zoneHint} saving={savingOf(save)}>
      <div className="zone">
        <p className="zone-now" data-zone={zone}>
          <strong>{cityOf(zone)}</strong>
          <span className="soft">{words.zoneDetail(offsetOf(zone, now), time)}</span>
        </p>
        <button type="button" className="button plain small" onClick={() => setOpen(true)}>
          {words.zoneChange}
          <span className="visually-hidden"> {words.zone}</span>
        </button>
        {todaysName(zone) !== todaysName(here) && (
          <button type="button" className="button plain small" onClick={() => choose(here)}>
            {words.zoneOffer(cityOf(here))}
          </button>
        )}
      </div>
      <ZonePicker
        open={isOpen}
        zone={zone}
        here={here}
        onChoose={choose}
        onClose={() => setOpen(false)}
      />
    </Row>
  );
}
