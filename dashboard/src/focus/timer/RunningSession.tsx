import { useState } from "react";

import type { Schemas } from "../../api/client";
import { countdown } from "../../format";
import { ErrorNotice } from "../../parts/notices/Feedback";
import { useShortcut } from "../../parts/keys/shortcuts";
import { useServerNow } from "../../parts/time/useServerNow";
import { useTimeOfDay } from "../../parts/time/useTimeOfDay";
import { text } from "../../text";
import { useFocus } from "../context";
import { PendingEnd } from "../outbox/PendingEnd";
import { Unverified } from "../outbox/Unverified";
import { Scene } from "../scene/Scene";
import { Standing } from "../scene/Standing";
import { SessionLabel } from "../scene/SessionLabel";
import { GiveUp } from "./GiveUp";
import { usePlant } from "./growth";
import { Mute } from "./Mute";
import { endOf, progress } from "./progress";
import { Tools } from "./Tools";
import { useResting } from "./useResting";
import "../../styles/session.css";

const words = text.running;

/** The running session in full; its title, growth and end are the work of `SessionEffects`. */
export function RunningSession({ session }: { session: Schemas["RunningSession"] }) {
  const { complete, giveUp, ending, waiting, refused, isUnverified } = useFocus();
  const [asking, setAsking] = useState(false);
  const now = useServerNow(true);
  const timeOfDay = useTimeOfDay();
  const { over, seconds, share, stage } = progress(session, now);
  const plant = usePlant(
    session.id,
    waiting.some(({ what }) => what === "plant"),
  );
  const endsAt = endOf(session);
  const credit = Math.max(0, Math.floor((now - Date.parse(session.created_at)) / 60_000));
  // In its first minute an end counts nothing: a key that was pressed twice has to ask.
  const endByKey = over || endsAt === null || credit > 0 ? complete : () => setAsking(true);
  useShortcut("s", text.keys.startOrEnd, ending === null ? endByKey : null);
  const isHeld = ending !== null || refused !== null || isUnverified;
  useResting(!isHeld && !asking && !over);
  return (
    <section className="stage running" aria-label={words.timer}>
      <Scene share={share} ring={share}>
        {plant && <Standing kind={plant.plant_type} stage={stage} state="growing" share={share} />}
      </Scene>
      <div className="reading">
        <p className={over ? "clock words" : "clock"} role="timer">
          {over ? words.over : countdown(seconds)}
        </p>
        <p className="beside">
          {endsAt === null
            ? words.since(timeOfDay(session.created_at))
            : over
              ? words.endedAt(timeOfDay(endsAt))
              : words.until(timeOfDay(endsAt))}
        </p>
        <SessionLabel session={session.id} />
      </div>
      <div className="controls">
        <Unverified />
        {ending ? <PendingEnd errand={ending} /> : <Mute />}
        <ErrorNotice error={refused} />
        <Tools />
        <div className="row ends">
          <button
            type="button"
            className={endsAt === null || over ? "button big" : "button plain glass"}
            disabled={ending !== null}
            onClick={() => complete()}
          >
            {endsAt === null || over ? words.complete : words.endNow(credit)}
          </button>
          <button
            type="button"
            className="button bare"
            disabled={ending !== null}
            onClick={() => setAsking(true)}
          >
            {words.giveUp}
          </button>
        </div>
      </div>
      <GiveUp
        open={asking && ending === null}
        credit={credit}
        canEnd={!over}
        onClose={() => setAsking(false)}
        onYes={() => {
          setAsking(false);
          giveUp();
        }}
      />
    </section>
  );
}
