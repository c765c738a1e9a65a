import { useQuery } from "@tanstack/react-query";

import { duration, number } from "../../format";
import { QueryFallback } from "../../parts/notices/Feedback";
import { species, useMe } from "../../queries/queries";
import { text } from "../../text";
import { kindName } from "../../text/kindName";
import { Plant } from "../Plant";
import { minutesTo, pointsAt, shareOf } from "./levels";

const words = text.garden;

/** The level, its bar, and what the next minutes open. */
export function Level() {
  const kinds = useQuery(species);
  const profile = useMe();
  if (!kinds.data || !profile.data) return <QueryFallback of={[kinds, profile]} height={132} />;
  const { lvl, xp_points } = profile.data;
  const next = kinds.data.species.find((kind) => !kind.unlocked);
  const share = shareOf(lvl, xp_points);
  const said = words.xp(xp_points, pointsAt(lvl + 1));
  return (
    <section className="card level">
      <div className="level-head">
        <h2>{words.level(lvl)}</h2>
        <span className="soft">{said}</span>
      </div>
      <div
        className="level-bar"
        role="progressbar"
        aria-label={words.level(lvl)}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={said}
      >
        <i style={{ inlineSize: `${share * 100}%` }} />
      </div>
      <ul className="steps">
        <li>
          <span className="level-badge" aria-hidden="true">
            {number(lvl + 1)}
          </span>
          <span>
            <small className="soft">{words.nextLevel}</small>
            {words.toLevel(lvl + 1, duration(minutesTo(lvl + 1, xp_points)))}
          </span>
        </li>
        <li>
          {next ? (
            <>
              <span className="silhouette">
                <Plant kind={next.plant_type} stage={5} label="" soil={false} />
              </span>
              <span>
                <small className="soft">{words.nextSpecies}</small>
                {words.toSpecies(
                  kindName(next.plant_type),
                  duration(minutesTo(next.level, xp_points)),
                )}
              </span>
            </>
          ) : (
            words.allUnlocked
          )}
        </li>
      </ul>
    </section>
  );
}
