import { useQuery } from "@tanstack/react-query";

import { duration } from "../format";
import { QueryFallback } from "../parts/notices/Feedback";
import { landscape } from "../queries/garden";
import { species, useMe } from "../queries/queries";
import { text } from "../text";
import { kindName } from "../text/kindName";
import { Plant } from "./Plant";
import { minutesTo } from "./progress/levels";

const words = text.garden;

/** All species: what is open as it grows, the others as shadows with what opens them. */
export function Collection({ year }: { year: number }) {
  const kinds = useQuery(species);
  const profile = useMe();
  const ofYear = useQuery(landscape(`${year}-01-01`, `${year}-12-31`)).data?.plants;
  if (!kinds.data || !profile.data) return <QueryFallback of={[kinds, profile]} height={480} />;
  const { xp_points } = profile.data;
  const grown = new Map<string, number>();
  for (const { plant_type, state } of ofYear ?? []) {
    if (state === "grown") grown.set(plant_type, (grown.get(plant_type) ?? 0) + 1);
  }
  const all = kinds.data.species;
  return (
    <>
      <div className="land-head">
        <h2>{words.unlockedOf(all.filter(({ unlocked }) => unlocked).length, all.length)}</h2>
        <p className="soft">{words.collectionLead}</p>
      </div>
      <ul className="collection">
        {all.map(({ plant_type, rarity, level, unlocked }) => {
          const count = grown.get(plant_type) ?? 0;
          return (
            <li key={plant_type} data-rarity={rarity} data-locked={!unlocked || undefined}>
              <span className={unlocked ? "specimen" : "specimen silhouette"}>
                <Plant kind={plant_type} stage={5} label="" soil={unlocked} />
              </span>
              <strong>{kindName(plant_type)}</strong>
              <span className="rarity">{words.rarity[rarity] ?? rarity}</span>
              {unlocked ? (
                <span className="soft">
                  {ofYear && (count > 0 ? words.thisYear(count) : words.notYet)}
                </span>
              ) : (
                <span className="soft">
                  {words.locked(level)}
                  <br />
                  {words.in(duration(minutesTo(level, xp_points)))}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
