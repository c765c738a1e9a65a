import { memo } from "react";

import type { Schemas } from "../../api/client";
import { duration } from "../../format";
import type { HistoryRecord } from "../../queries/history";
import type { Label } from "../../queries/labels";
import { text } from "../../text";
import { LabelName } from "../record/LabelName";
import { RecordTile } from "./RecordTile";
import { type Reading, spanOf } from "../entry/times";

const words = text.history.record;

type Props = {
  record: HistoryRecord;
  label?: Label;
  plant?: Schemas["LandscapePlant"];
  reading: Reading;
  onOpen: (record: HistoryRecord) => void;
};

/** The word for what a record is, where it is no session that went its way. */
export function kindOf({ kind, status, source }: HistoryRecord): string | null {
  if (kind === "entry") {
    if (source === "import") return words.imported;
    return source === "offline" ? words.offline : words.entry;
  }
  if (status === "active") return words.running;
  return status === "abandoned" ? words.givenUp : null;
}

/** A record of the list; all of it opens the sheet in which it is changed. */
export const RecordRow = memo(function RecordRow({ record, label, plant, reading, onOpen }: Props) {
  const kind = kindOf(record);
  const isOffPlan = record.planned_min !== null && record.planned_min !== record.minutes;
  return (
    <li>
      <button
        type="button"
        className={`record ${record.kind} ${record.status}`}
        onClick={() => onOpen(record)}
      >
        <RecordTile record={record} plant={plant} />
        <span className="record-what">
          <span className="record-name">
            {label ? <LabelName label={label} /> : <NameWithoutLabel record={record} />}
          </span>
          <span className="soft">
            {spanOf(record, reading)}
            {kind && <span className={`record-tag ${record.kind}`}>{kind}</span>}
          </span>
          {label && record.note !== "" && (
            <span className="record-note">
              <bdi>{record.note}</bdi>
            </span>
          )}
        </span>
        <span className="record-length">
          <strong>{duration(record.minutes)}</strong>
          {isOffPlan && (
            <small className="soft">{words.planned(duration(record.planned_min ?? 0))}</small>
          )}
        </span>
      </button>
    </li>
  );
});

/** The note stands for a name where there is no label. */
function NameWithoutLabel({ record }: { record: HistoryRecord }) {
  if (record.note !== "") {
    return (
      <span className="record-note">
        <bdi>{record.note}</bdi>
      </span>
    );
  }
  return record.kind === "entry" ? words.entry : words.focus;
}
