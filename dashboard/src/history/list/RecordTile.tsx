import type { Schemas } from "../../api/client";
import { Plant } from "../../garden/Plant";
import type { HistoryRecord } from "../../queries/history";

type Props = { record: HistoryRecord; plant?: Schemas["LandscapePlant"] };

/** The picture of a record: its plant, a dial where nothing was planted, or a pencil. */
export function RecordTile({ record, plant }: Props) {
  if (record.kind === "entry") {
    return (
      <span className="record-tile hatched" aria-hidden="true">
        <svg viewBox="0 0 24 24">
          <path d="m5 19 .8-3.6L15.6 5.6a1.5 1.5 0 0 1 2.1 0l.7.7a1.5 1.5 0 0 1 0 2.1L8.6 18.2 5 19Z" />
        </svg>
      </span>
    );
  }
  if (plant !== undefined) {
    return (
      <span className="record-tile planted" aria-hidden="true">
        <Plant kind={plant.plant_type} stage={plant.growth_stage} state={plant.state} label="" />
      </span>
    );
  }
  return (
    <span className={`record-tile planted ${record.status}`} aria-hidden="true">
      <svg viewBox="0 0 24 24">
        <circle cx="12" cy="12" r="7.5" />
        <path d="M12 8v4l2.6 1.6" />
      </svg>
    </span>
  );
}
