import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type { Schemas } from "../api/client";
import { Plant } from "../garden/Plant";
import { plantOf } from "../parts/queries";
import { text } from "../text";

const words = text.focus;

type Props = { session: Schemas["Session"]; onAgain: () => void };

export function Done({ session, onAgain }: Props) {
  const plant = useQuery(plantOf(session.id)).data;
  const kept = session.status === "completed";
  return (
    <section className="card empty ended" aria-live="polite">
      {/* What is remembered of it is from before the end. */}
      {plant && plant.state !== "growing" && (
        <Plant kind={plant.plant_type} stage={plant.growth_stage} state={plant.state} />
      )}
      <h2>{kept ? words.doneTitle(session.focus_min) : words.abandonedTitle}</h2>
      <p className="soft">{kept ? words.doneText(session.focus_min) : words.abandonedText}</p>
      <div className="row">
        <button type="button" className="button" onClick={onAgain}>
          {words.again}
        </button>
        <Link className="button plain" to="/garden">
          {text.nav.garden}
        </Link>
      </div>
    </section>
  );
}
