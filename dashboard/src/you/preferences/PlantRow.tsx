import { useQuery } from "@tanstack/react-query";
import { useId } from "react";

import { Plant } from "../../garden/Plant";
import { QueryFallback } from "../../parts/notices/Feedback";
import { species } from "../../queries/queries";
import { text } from "../../text";
import { Row } from "../rows/Row";
import { usePreference } from "../rows/usePreference";

const words = text.settings.preferences;

/** The plant that is chosen before anybody chooses; those that are unlocked. */
export function PlantRow() {
  const id = useId();
  const kinds = useQuery(species);
  const plant = usePreference("species");
  const unlocked = kinds.data?.species.filter((kind) => kind.unlocked) ?? [];
  return (
    <Row
      title={<span id={id}>{words.species}</span>}
      hint={words.speciesHint}
      saving={plant.saving}
      tall
    >
      {!kinds.data && <QueryFallback of={[kinds]} height={112} />}
      {kinds.data && (
        <div className="plants" role="radiogroup" aria-labelledby={id}>
          {[null, ...unlocked.map((kind) => kind.plant_type)].map((kind) => (
            <label key={kind}>
              <input
                type="radio"
                name={id}
                checked={plant.value === kind}
                onChange={() => plant.set(kind)}
              />
              <span>
                {kind === null ? <Again /> : <Plant kind={kind} stage={5} label="" />}
                {kind ?? words.anyPlant}
              </span>
            </label>
          ))}
        </div>
      )}
    </Row>
  );
}

/** The sign of what was planted last. */
function Again() {
  return (
    <svg viewBox="0 0 120 140" className="again" aria-hidden="true">
      <path d="M34 78a28 28 0 1 0 8-20M38 40l3 20 20-3" />
    </svg>
  );
}
