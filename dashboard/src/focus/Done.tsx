import { Link } from "react-router";

import { Plant } from "../garden/Plant";
import type { Ended } from "../pages/Focus";
import { text } from "../text";

const words = text.focus;

export function Done({
  ended: { session, plant },
  onAgain,
}: {
  ended: Ended;
  onAgain: () => void;
}) {
  const kept = session.status === "completed";
  return (
    <section className="card empty ended" aria-live="polite">
      {plant && <Plant kind={plant} stage={kept ? 5 : 2} state={kept ? "grown" : "withered"} />}
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
