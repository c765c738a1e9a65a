import { useEffect, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";

import type { Schemas } from "../../api/client";
import { countdown } from "../../format";
import { Scene } from "../scene/Scene";
import { Standing } from "../scene/Standing";
import { useServerNow } from "../../parts/time/useServerNow";
import { text } from "../../text";
import { usePlant } from "../timer/growth";
import { progress } from "../timer/progress";
import { miniWindow } from "./miniWindow";

type Props = { session: Schemas["RunningSession"]; isPlanting: boolean };

/** The session in the mini window, as long as that is open: it closes with the session. */
export function MiniWindow({ session, isPlanting }: Props) {
  const mini = useSyncExternalStore(miniWindow.subscribe, miniWindow.snapshot);
  // The end, another session and a sign-out all take this component away.
  useEffect(() => () => miniWindow.close(), []);
  return (
    mini && createPortal(<Small session={session} isPlanting={isPlanting} />, mini.document.body)
  );
}

function Small({ session, isPlanting }: Props) {
  const { over, seconds, share, stage } = progress(session, useServerNow(true));
  const plant = usePlant(session.id, isPlanting);
  return (
    <section className="stage small" aria-label={text.running.timer}>
      <Scene share={share} ring={share}>
        {plant && <Standing kind={plant.plant_type} stage={stage} state="growing" share={share} />}
      </Scene>
      <p className={over ? "clock words" : "clock"} role="timer">
        {over ? text.running.over : countdown(seconds)}
      </p>
    </section>
  );
}
