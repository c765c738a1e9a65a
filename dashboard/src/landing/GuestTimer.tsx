import { useCallback, useMemo, useState, useSyncExternalStore } from "react";
import { Link } from "wouter";

import { LocalEffects } from "../focus/outbox/LocalEffects";
import { shownSession } from "../focus/outbox/localSession";
import { clocks } from "../focus/outbox/sessionRequests";
import { progress } from "../focus/timer/progress";
import { Ring } from "../focus/timer/Ring";
import { countdown } from "../format";
import { Plant } from "../garden/Plant";
import { Segmented } from "../parts/forms/Segmented";
import { useServerNow } from "../parts/time/useServerNow";
import { text } from "../text";
import { guestSession, type GuestSession } from "./guestSession";

const words = text.landing;
const LENGTHS = [15, 25, 45];
const PLANT = "Sunflower";

/** A timer that runs without an account, and says what becomes of its minutes. */
export function GuestTimer() {
  const session = useSyncExternalStore(guestSession.subscribe, guestSession.read);
  return (
    <section className="guest" aria-label={words.timer}>
      {session === null ? <Choosing /> : session.ended ? <Ended /> : <Running session={session} />}
    </section>
  );
}

function Choosing() {
  const [minutes, setMinutes] = useState(25);
  return (
    <>
      <Dial share={0} clock={countdown(minutes * 60)} stage={5} />
      <Segmented
        legend={words.length}
        isLegendHidden
        choices={LENGTHS.map((n) => [n, words.chip(n)] as const)}
        chosen={minutes}
        onChoose={setMinutes}
      />
      <button
        type="button"
        className="button big"
        onClick={() => guestSession.start(minutes, PLANT)}
      >
        {words.start}
      </button>
      <p className="soft">{words.startHint}</p>
    </>
  );
}

function Running({ session }: { session: GuestSession }) {
  const shown = useMemo(() => shownSession(session, clocks()), [session]);
  const { seconds, share, stage } = progress(shown, useServerNow(true));
  const end = useCallback(() => guestSession.end(), []);
  return (
    <>
      <LocalEffects session={shown} onDue={end} />
      <Dial share={share} clock={countdown(seconds)} stage={stage} isRunning />
      <p>{words.running}</p>
      <div className="row">
        <Link className="button" to="/sign-up">
          {words.keep}
        </Link>
        <button type="button" className="button plain" onClick={end}>
          {words.end}
        </button>
      </div>
    </>
  );
}

function Ended() {
  const minutes = guestSession.minutes();
  return (
    <div className="guest-end" role="status">
      <Plant kind={PLANT} stage={minutes ? 5 : 0} label="" />
      <h2>{words.doneTitle(minutes)}</h2>
      <p>{minutes ? words.doneText : words.doneNothing}</p>
      <div className="row">
        {minutes > 0 && (
          <Link className="button" to="/sign-up">
            {words.keepMinutes}
          </Link>
        )}
        <button type="button" className="button plain" onClick={guestSession.drop}>
          {minutes > 0 ? words.dropMinutes : words.again}
        </button>
      </div>
    </div>
  );
}

type DialProps = { share: number; clock: string; stage: number; isRunning?: boolean };

function Dial({ share, clock, stage, isRunning = false }: DialProps) {
  return (
    <div className="guest-dial" data-running={isRunning}>
      <Ring share={share} radius={140} width={8} className="ring" />
      <div className="guest-reading">
        <Plant kind={PLANT} stage={stage} state="growing" label="" />
        <p className="guest-clock" role={isRunning ? "timer" : undefined}>
          {clock}
        </p>
      </div>
    </div>
  );
}
