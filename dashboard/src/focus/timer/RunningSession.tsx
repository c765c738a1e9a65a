import { useEffect, useState } from "react";

import type { Schemas } from "../../api/client";
import { countdown, timeOfDay } from "../../format";
import { Plant } from "../../garden/Plant";
import { Confirm } from "../../parts/forms/Confirm";
import { useServerNow } from "../../parts/time/useServerNow";
import { ErrorNotice } from "../../parts/notices/Feedback";
import { text } from "../../text";
import { useFocus } from "../context";
import { PendingEnd } from "../outbox/PendingEnd";
import { usePlant } from "./growth";
import { endOf, progress } from "./progress";
import { isMute } from "../alarm/alarm";
import { Ring } from "./Ring";
import { onPermission } from "../alarm/notifications";
import { onTouch } from "../alarm/sound";

const words = text.focus;

/** The running session in full; its title, growth and end are the work of `SessionEffects`. */
export function RunningSession({ session }: { session: Schemas["RunningSession"] }) {
  const { complete, giveUp, ending, waiting, refused } = useFocus();
  const [asking, setAsking] = useState(false);
  const { over, seconds, share, stage } = progress(session, useServerNow(true));
  const plant = usePlant(
    session.id,
    waiting.some(({ what }) => what === "plant"),
  );
  const endsAt = endOf(session);
  return (
    <section className="card running" aria-label={words.timer}>
      <div className="dial">
        <Ring share={share} radius={140} width={12} className="ring" />
        <div className="reading">
          {plant && <Plant kind={plant.plant_type} stage={stage} state="growing" />}
          <p className={over ? "clock words" : "clock"} role="timer">
            {over ? words.over : countdown(seconds)}
          </p>
          <p className="soft">
            {endsAt === null
              ? `${words.elapsed}, ${words.since(timeOfDay(session.created_at))}`
              : over
                ? words.endedAt(timeOfDay(endsAt))
                : `${words.remaining}, ${words.until(timeOfDay(endsAt))}`}
          </p>
        </div>
      </div>
      {ending ? <PendingEnd errand={ending} /> : <Mute />}
      <ErrorNotice error={refused} />
      <div className="row">
        <button
          type="button"
          className="button big"
          disabled={ending !== null}
          onClick={() => complete()}
        >
          {endsAt === null || over ? words.complete : words.completeEarly}
        </button>
        <button
          type="button"
          className="button plain big"
          disabled={ending !== null}
          onClick={() => setAsking(true)}
        >
          {words.giveUp}
        </button>
      </div>
      <Confirm
        title={words.giveUpAsk}
        open={asking && ending === null}
        onClose={() => setAsking(false)}
        onYes={() => {
          setAsking(false);
          giveUp();
        }}
        yes={words.giveUpYes}
        no={words.giveUpNo}
      >
        <p>{words.giveUpText}</p>
      </Confirm>
    </section>
  );
}

/** The hint that the browser plays no sound before a click. */
function Mute() {
  const [mute, setMute] = useState(false);
  useEffect(() => {
    const look = () => void isMute().then(setMute);
    look();
    const quits = [onTouch(look), onPermission(look)];
    return () => quits.forEach((quit) => quit());
  }, []);
  return (
    <p className="soft" role="status">
      {mute && words.mute}
    </p>
  );
}
