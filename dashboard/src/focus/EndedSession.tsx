import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import { Plant } from "../garden/Plant";
import { plantOf } from "../queries/queries";
import { text } from "../text";
import { useFocus } from "./context";
import { ranOut } from "./timer/progress";
import type { Session } from "./outbox/sessionRequests";

const words = text.focus;

type Props = { session: Session; unheard: boolean };

export function EndedSession({ session, unheard }: Props) {
  const { putAway } = useFocus();
  const plant = useQuery(plantOf(session.id)).data;
  const kept = session.status === "completed";
  const wasLeft = session.duration_min === null && ranOut(session);
  return (
    <section className="card empty ended" aria-live="polite">
      {/* A plant still "growing" is cached from before the end. */}
      {plant && plant.state !== "growing" && (
        <Plant kind={plant.plant_type} stage={plant.growth_stage} state={plant.state} />
      )}
      <h2>
        {kept
          ? words.doneTitle(session.focus_min)
          : wasLeft
            ? words.leftTitle
            : words.abandonedTitle}
      </h2>
      <p className="soft">
        {kept ? words.doneText(session.focus_min) : wasLeft ? words.leftText : words.abandonedText}
      </p>
      {unheard && <p className="soft">{words.unheard}</p>}
      <div className="row">
        <button type="button" className="button" onClick={putAway}>
          {words.again}
        </button>
        <Link className="button plain" to="/garden">
          {text.nav.garden}
        </Link>
      </div>
    </section>
  );
}
