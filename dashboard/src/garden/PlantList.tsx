import { duration } from "../format";
import { text } from "../text";
import { kindName } from "../text/kindName";
import type { Standing } from "./land/plots";
import { Plant } from "./Plant";

const words = text.garden;

type Props = { plants: readonly Standing[]; onOpen: (plant: Standing) => void };

/** The plants by day, newest first, for who does not see the picture or wants none. */
export function PlantList({ plants, onOpen }: Props) {
  const days = new Map<string, Standing[]>();
  for (const plant of plants) {
    days.set(plant.local_date, [...(days.get(plant.local_date) ?? []), plant]);
  }
  return (
    <div className="plant-list">
      {[...days].reverse().map(([date, ofDay]) => (
        <section key={date}>
          <h3>{words.day(date)}</h3>
          <ul>
            {ofDay.map((plant) => (
              <li key={plant.id}>
                <button type="button" onClick={() => onOpen(plant)}>
                  <Plant
                    kind={plant.plant_type}
                    stage={plant.growth_stage}
                    state={plant.state}
                    label=""
                  />
                  <strong>{kindName(plant.plant_type)}</strong>
                  <span className="soft">{words.states[plant.state] ?? plant.state}</span>
                  <span className="soft">{duration(plant.focus_min)}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
