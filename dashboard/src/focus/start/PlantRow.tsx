import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef, useState } from "react";

import { QueryFallback } from "../../parts/notices/Feedback";
import { species } from "../../queries/queries";
import { text } from "../../text";
import { PlantKind } from "./PlantKind";

const words = text.today.start;
const PlantSheet = lazy(() => import("./PlantSheet"));
/** The number of locked plants that are shown: what comes next, not all that is missing. */
const NEXT = 2;

type Props = { plant: string | null; onChoose: (plant: string | null) => void };

/** The plants as one row: the unlocked, nothing, the next two, and all of them in a sheet. */
export function PlantRow({ plant, onChoose }: Props) {
  const kinds = useQuery(species);
  const [isOpen, setOpen] = useState(false);
  const row = useRef<HTMLDivElement>(null);
  const all = kinds.data?.species;
  useEffect(() => {
    // What is chosen is in sight, also where it stands far along the row.
    const found = row.current?.querySelector<HTMLElement>(".kind:has(:checked)");
    if (row.current && found) {
      const middle = found.offsetLeft - (row.current.clientWidth - found.clientWidth) / 2;
      row.current.scrollTo({ left: middle });
    }
  }, [all, plant]);
  if (!all) return <QueryFallback of={[kinds]} height={130} />;
  const shown = [
    ...all.filter(({ unlocked }) => unlocked),
    null,
    ...all.filter(({ unlocked }) => !unlocked).slice(0, NEXT),
  ];
  return (
    <fieldset className="choices">
      <legend className="visually-hidden">{text.focus.plant}</legend>
      <div className="kinds" ref={row}>
        {shown.map((kind) => (
          <PlantKind
            key={kind?.plant_type ?? ""}
            name="plant"
            kind={kind}
            chosen={plant === (kind?.plant_type ?? null)}
            onChoose={() => onChoose(kind?.plant_type ?? null)}
          />
        ))}
        <button type="button" className="kind all" onClick={() => setOpen(true)}>
          {words.allPlants(all.length)}
        </button>
      </div>
      {plant === null && <p className="soft hint">{words.noPlantHint}</p>}
      {isOpen && (
        <Suspense>
          <PlantSheet
            kinds={all}
            plant={plant}
            onClose={() => setOpen(false)}
            onChoose={(kind) => {
              onChoose(kind);
              setOpen(false);
            }}
          />
        </Suspense>
      )}
    </fieldset>
  );
}
