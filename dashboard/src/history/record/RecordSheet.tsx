import { useState } from "react";
import { Link } from "wouter";

import type { Schemas } from "../../api/client";
import { duration } from "../../format";
import { Sheet } from "../../parts/floating/Sheet";
import { say } from "../../parts/floating/toasts";
import { type HistoryRecord, useEntryChange } from "../../queries/history";
import type { Label } from "../../queries/labels";
import { text } from "../../text";
import { kindName } from "../../text/kindName";
import { DeleteRecord } from "./DeleteRecord";
import { type Draft, draftOf } from "../entry/entry";
import { EntryForm, type Sent } from "../entry/EntryForm";
import { RecordTile } from "../list/RecordTile";
import { kindOf } from "../list/RecordRow";
import { SessionForm } from "./SessionForm";
import { fullDay, type Reading, spanOf } from "../entry/times";

const words = text.history;

type Props = {
  record: HistoryRecord;
  plant?: Schemas["LandscapePlant"];
  labels: Label[];
  reading: Reading;
  today: string;
  onClose: () => void;
};

/** A record by itself: what is known of it, what may change, and its deletion. */
export function RecordSheet({ record, plant, labels, reading, today, onClose }: Props) {
  const [isAsked, setIsAsked] = useState(false);
  const isEntry = record.kind === "entry";
  const remove =
    record.status === "active" ? (
      <Link className="button plain" to="/">
        {words.record.toTimer}
      </Link>
    ) : (
      <button type="button" className="button plain danger" onClick={() => setIsAsked(true)}>
        {words.remove.ask}
      </button>
    );
  const done = (what: string) => {
    onClose();
    say(what);
  };
  const saved = () => done(words.edit.saved);
  return (
    <Sheet title={fullDay(record.local_date, today)} open onClose={onClose}>
      <div className="record-facts">
        <RecordTile record={record} plant={plant} />
        <p>
          <strong>{duration(record.minutes)}</strong>
          {!isEntry && record.planned_min !== null && record.planned_min !== record.minutes && (
            <span className="soft"> {words.record.planned(duration(record.planned_min))}</span>
          )}
          <br />
          <span className="soft">{spanOf(record, reading)}</span>
          {kindOf(record) && <span className={`record-tag ${record.kind}`}>{kindOf(record)}</span>}
          {plant && (
            <>
              <br />
              <span className="soft">{kindName(plant.plant_type)}</span>
            </>
          )}
        </p>
      </div>
      {isEntry ? (
        <EntryChange record={record} labels={labels} reading={reading} onSaved={saved}>
          {remove}
        </EntryChange>
      ) : (
        <SessionForm record={record} labels={labels} reading={reading} onSaved={saved}>
          {remove}
        </SessionForm>
      )}
      <p className="soft hint">{isEntry ? words.record.entryHint : words.record.proven}</p>
      <DeleteRecord
        record={record}
        today={today}
        open={isAsked}
        onClose={() => setIsAsked(false)}
        onDeleted={() => done(words.edit.deleted)}
      />
    </Sheet>
  );
}

type ChangeProps = Pick<Props, "record" | "labels" | "reading"> & {
  onSaved: () => void;
  children: React.ReactNode;
};

function EntryChange({ record, labels, reading, onSaved, children }: ChangeProps) {
  const change = useEntryChange(record.id);
  const [initial] = useState(() => draftOf(record, reading.zone));
  const send = async (sent: Sent, draft: Draft) => {
    const { label_id, note, ...time } = sent;
    // Its seconds, and the zone where it was told, stay where nobody touched the time.
    await change.mutateAsync({ label_id, note, ...(isSameTime(initial, draft) ? {} : time) });
    onSaved();
  };
  return (
    <EntryForm
      initial={initial}
      labels={labels}
      reading={reading}
      submit={change.isPending ? words.edit.saving : words.edit.save}
      send={send}
      error={change.error}
    >
      {children}
    </EntryForm>
  );
}

const isSameTime = (one: Draft, other: Draft) =>
  (["isTimed", "date", "from", "to", "minutes"] as const).every(
    (field) => one[field] === other[field],
  );
