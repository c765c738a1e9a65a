import type { Schemas } from "../../api/client";
import { Plant } from "../../garden/Plant";
import { text } from "../../text";
import { kindName } from "../../text/kindName";

const words = text.focus;

type Props = {
  /** The radio group's name: a sheet has another than the row behind it. */
  name: string;
  /** Null for a session that grows nothing. */
  kind: Schemas["Species"] | null;
  chosen: boolean;
  onChoose: () => void;
};

/** A plant to choose; one of a later level is a silhouette with that level. */
export function PlantKind({ name, kind, chosen, onChoose }: Props) {
  const isLocked = kind !== null && !kind.unlocked;
  return (
    <label className="kind" data-locked={isLocked}>
      <input
        type="radio"
        className="covering"
        name={name}
        checked={chosen}
        disabled={isLocked}
        onChange={onChoose}
      />
      <span>
        <Plant kind={kind?.plant_type ?? ""} stage={kind ? 5 : 0} label="" />
        {kind ? kindName(kind.plant_type) : words.noPlant}
        {isLocked && <small>{words.unlocksAt(kind.level)}</small>}
      </span>
    </label>
  );
}
