import type { Schemas } from "../../api/client";
import { Sheet } from "../../parts/floating/Sheet";
import { text } from "../../text";
import { PlantKind } from "./PlantKind";

type Props = {
  kinds: Schemas["Species"][];
  plant: string | null;
  onChoose: (plant: string) => void;
  onClose: () => void;
};

/** All plants, with the level that opens each. */
export default function PlantSheet({ kinds, plant, onChoose, onClose }: Props) {
  return (
    <Sheet title={text.today.start.plantsTitle} open onClose={onClose}>
      <div className="kinds all">
        {kinds.map((kind) => (
          <PlantKind
            key={kind.plant_type}
            name="all-plants"
            kind={kind}
            chosen={plant === kind.plant_type}
            onChoose={() => onChoose(kind.plant_type)}
          />
        ))}
      </div>
    </Sheet>
  );
}
