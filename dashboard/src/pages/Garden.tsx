import { useQuery } from "@tanstack/react-query";
import { memo } from "react";
import { Link } from "react-router";

import type { Schemas } from "../api/client";
import { dayOf } from "../format";
import { Plant } from "../garden/Plant";
import { useTitle } from "../parts/title";
import { species, useGarden, useMe } from "../queries/queries";
import { Empty, ErrorNotice, QueryFallback, Skeleton } from "../parts/notices/Feedback";
import { text } from "../text";
import "../styles/garden.css";

const words = text.garden;

export default function Garden() {
  useTitle(`${words.title} · ${text.name}`);
  const garden = useGarden();
  const zone = useMe().data?.timezone;
  const plants = garden.data?.pages.flatMap((page) => page.gardens) ?? [];
  const total = garden.data?.pages[0]?.total ?? 0;
  return (
    <>
      <div className="heading">
        <h1>{words.title}</h1>
        {total > 0 && <p className="soft">{words.lead(total)}</p>}
      </div>
      <NextSpecies />
      {garden.isPending && <Skeleton height={360} />}
      <ErrorNotice error={garden.error} again={() => void garden.refetch()} />
      {garden.data && plants.length === 0 && (
        <Empty title={words.emptyTitle}>
          <p className="soft">{words.empty}</p>
          <Link className="button" to="/">
            {words.toFocus}
          </Link>
        </Empty>
      )}
      {plants.length > 0 && (
        <ul className="bed">
          {plants.map((plant) => (
            <Bed key={plant.id} plant={plant} zone={zone} />
          ))}
        </ul>
      )}
      {garden.hasNextPage && (
        <button
          type="button"
          className="button plain"
          disabled={garden.isFetchingNextPage}
          onClick={() => void garden.fetchNextPage()}
        >
          {words.more}
        </button>
      )}
    </>
  );
}

const Bed = memo(function Bed({ plant, zone }: { plant: Schemas["Plant"]; zone?: string }) {
  return (
    <li>
      <Plant kind={plant.plant_type} stage={plant.growth_stage} state={plant.state} />
      <strong>{plant.plant_type}</strong>
      <span className="soft">
        {plant.state === "grown" ? words.number(plant.plant_num) : words.states[plant.state]}
      </span>
      <span className="soft">{zone === undefined ? "…" : dayOf(plant.created_at, zone)}</span>
    </li>
  );
});

/** The species that a few more minutes unlock. */
function NextSpecies() {
  const kinds = useQuery(species);
  const profile = useMe();
  if (!kinds.data || !profile.data) return <QueryFallback of={[kinds, profile]} height={96} />;
  const next = kinds.data.species.find((kind) => !kind.unlocked);
  if (!next) return <p className="notice">{words.allUnlocked}</p>;
  // level = ⌊√(xp / 50)⌋, and a minute is a point (docs/design.md, rule 5).
  const missing = Math.max(0, 50 * next.level ** 2 - profile.data.xp_points);
  return (
    <section className="card next">
      <Plant kind={next.plant_type} stage={5} label="" />
      <div>
        <h2>
          {words.next}: {next.plant_type}
        </h2>
        <p className="soft">{words.nextAt(next.level, missing)}</p>
      </div>
    </section>
  );
}
