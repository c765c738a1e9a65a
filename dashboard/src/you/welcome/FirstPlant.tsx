import { useQuery } from "@tanstack/react-query";

import { Plant } from "../../garden/Plant";
import { QueryFallback } from "../../parts/notices/Feedback";
import { species } from "../../queries/queries";
import { text } from "../../text";
import { StepHead } from "./StepHead";

const words = text.welcome.plant;

type Props = { chosen: string; onChoose: (kind: string) => void; onDone: () => void };

/** The first plant, out of those that are open to everybody. */
export function FirstPlant({ chosen, onChoose, onDone }: Props) {
  const kinds = useQuery(species);
  return (
    <>
      <StepHead title={words.title} lead={words.lead} />
      {!kinds.data && <QueryFallback of={[kinds]} height={112} />}
      {kinds.data && (
        <div className="plants" role="radiogroup" aria-label={words.title}>
          {kinds.data.species
            .filter((kind) => kind.unlocked)
            .map(({ plant_type: kind }) => (
              <label key={kind}>
                <input
                  type="radio"
                  name="first-plant"
                  checked={kind === chosen}
                  onChange={() => onChoose(kind)}
                />
                <span>
                  <Plant kind={kind} stage={5} label="" />
                  {kind}
                </span>
              </label>
            ))}
        </div>
      )}
      <div className="welcome-acts">
        <button type="button" className="button big" onClick={onDone}>
          {words.start}
        </button>
      </div>
    </>
  );
}
