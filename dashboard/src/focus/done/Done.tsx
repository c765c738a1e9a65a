import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { plantOf, useMe } from "../../queries/queries";
import { today } from "../../queries/today";
import { text } from "../../text";
import { useFocus } from "../context";
import type { Session } from "../outbox/sessionRequests";
import { Scene } from "../scene/Scene";
import { Standing } from "../scene/Standing";
import { Next } from "./Next";
import { Note } from "./Note";
import { lineOf, shareOf, titleOf, wasLeft } from "./outcome";
import { Petals } from "./Petals";
import { Rewards } from "./Rewards";
import { Tomorrow } from "./Tomorrow";
import "../../styles/session.css";
import "../../styles/done.css";

const words = text.done;

type Props = { session: Session; unheard: boolean };

/** The sessions whose plant has bloomed in this page: who comes back finds it in bloom. */
const bloomed = new Set<string>();

/** What a session came to: the reward of one that counts, kind words for one that does not. */
export function Done({ session, unheard }: Props) {
  const { skipBreak } = useFocus();
  const plant = useQuery(plantOf(session.id)).data;
  const [isFirst] = useState(() => !bloomed.has(session.id));
  useEffect(() => {
    bloomed.add(session.id);
  }, [session.id]);
  // What comes after the place of a session is an ordinary page again.
  useEffect(
    () => () => {
      if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
    },
    [],
  );
  const credit = session.status === "completed" ? session.focus_min : 0;
  // A plant still "growing" is cached from before the end.
  const stands = plant && plant.state !== "growing" ? plant : null;
  const share = shareOf(session);
  return (
    <section className={`stage done ${credit ? "counts" : ""} ${isFirst && credit ? "first" : ""}`}>
      <Scene share={credit ? Math.max(share, 0.9) : share} ring={share}>
        {stands && (
          <Standing
            kind={stands.plant_type}
            stage={stands.growth_stage}
            state={stands.state}
            className={isFirst && credit ? "blooming" : ""}
          />
        )}
        {isFirst && credit > 0 && <Petals />}
      </Scene>
      <div className="result">
        <div className="reading" aria-live="polite">
          <h2>{titleOf(session)}</h2>
          <p>{lineOf(session)}</p>
          {session.status !== "completed" && !wasLeft(session) && <Stays />}
          {unheard && <p className="hint">{words.unheard}</p>}
        </div>
        <Next session={session} credit={credit} />
        {credit > 0 && <Rewards credit={credit} />}
        {credit > 0 && <Tomorrow />}
        {credit > 0 && <Note session={session.id} />}
      </div>
      <button type="button" className="tool close" aria-label={words.close} onClick={skipBreak}>
        <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
          <path d="m6 6 12 12M18 6 6 18" />
        </svg>
      </button>
    </section>
  );
}

/** What a session that was given up has taken nothing from. */
function Stays() {
  const level = useMe().data?.lvl;
  const streak = useQuery(today).data?.streak.length;
  if (level === undefined || streak === undefined) return null;
  return <p className="stays">{words.stays(level, streak)}</p>;
}
