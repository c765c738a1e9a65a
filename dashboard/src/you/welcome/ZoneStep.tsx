import { useState } from "react";

import { isolated } from "../../format";
import type { Schemas } from "../../api/client";
import { ErrorNotice } from "../../parts/notices/Feedback";
import { useDeviceZone } from "../../parts/time/useDeviceZone";
import { useServerNow } from "../../parts/time/useServerNow";
import { text } from "../../text";
import { useChangeProfile } from "../profile/useChangeProfile";
import { ZonePicker } from "../profile/ZonePicker";
import { cityOf, offsetOf } from "../profile/zones";
import { useMoments } from "../time";
import { StepHead } from "./StepHead";

const words = text.welcome.zone;

/** The zone of the device, which the sign-up has sent already: to be confirmed or changed. */
export function ZoneStep({ user, onDone }: { user: Schemas["User"]; onDone: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const save = useChangeProfile();
  const now = useServerNow(true);
  const zone = (save.isPending && save.variables.timezone) || user.timezone;
  return (
    <>
      <StepHead title={words.title(isolated(user.username))} lead={words.lead} />
      <p className="welcome-zone" aria-live="polite">
        <strong>{cityOf(zone)}</strong>
        <span className="soft">{offsetOf(zone, now)}</span>
        <span>{words.now(useMoments(zone).time(now))}</span>
      </p>
      <ErrorNotice error={save.error} />
      <div className="welcome-acts">
        <button type="button" className="button big" onClick={onDone}>
          {words.yes}
        </button>
        <button type="button" className="button plain" onClick={() => setOpen(true)}>
          {words.other}
        </button>
      </div>
      <ZonePicker
        open={isOpen}
        zone={zone}
        here={useDeviceZone()}
        onChoose={(timezone) => {
          setOpen(false);
          save.mutate({ timezone });
        }}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
