import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

import { duration } from "../../format";
import { Confirm } from "../../parts/forms/Confirm";
import { useOnce } from "../../parts/forms/useOnce";
import { ErrorNotice, Skeleton } from "../../parts/notices/Feedback";
import {
  type Consequences,
  consequencesOf,
  type HistoryRecord,
  useRemoval,
} from "../../queries/history";
import { text } from "../../text";
import { inWords } from "./consequences";
import { dayName } from "../entry/times";

const words = text.history.remove;
/** A click that comes so soon after the figures changed was not meant for them: milliseconds. */
const READING = 700;

type Props = {
  record: HistoryRecord;
  today: string;
  open: boolean;
  onClose: () => void;
  onDeleted: () => void;
};

/** The question before a record is deleted, with all that goes with it. */
export function DeleteRecord(props: Props) {
  if (!props.open) return null;
  return props.record.kind === "session" ? (
    <DeleteSession {...props} />
  ) : (
    <DeleteEntry {...props} />
  );
}

function DeleteEntry({ record, today, open, onClose, onDeleted }: Props) {
  const removal = useRemoval(record);
  const remove = useOnce(() => removal.mutateAsync().then(onDeleted));
  return (
    <Confirm
      title={words.entry}
      open={open}
      onClose={onClose}
      onYes={remove}
      yes={words.yes}
      no={words.keep}
      disabled={removal.isPending}
    >
      <p>{words.entryText(duration(record.minutes), dayName(record.local_date, today))}</p>
      <p className="soft">{words.forGood}</p>
      <ErrorNotice error={removal.error} />
    </Confirm>
  );
}

/**
 * What goes is asked anew before it goes: another tab may have completed a session while
 * somebody read, and nobody confirms figures that they have not seen.
 */
function DeleteSession({ record, open, onClose, onDeleted }: Props) {
  const client = useQueryClient();
  const removal = useRemoval(record);
  // What is gone is asked for no more: it would be a 404.
  const isGoing = removal.isPending || removal.isSuccess;
  const asked = useQuery({ ...consequencesOf(record.id), enabled: !isGoing });
  const { hasChanged, changedAt } = useChanges(asked.data);
  const remove = useOnce(async () => {
    if (asked.data === undefined || performance.now() - changedAt.current < READING) return;
    const now = await client.fetchQuery(consequencesOf(record.id));
    if (isSame(now, asked.data)) await removal.mutateAsync().then(onDeleted);
  });
  return (
    <Confirm
      title={words.session}
      open={open}
      onClose={onClose}
      onYes={remove}
      yes={hasChanged ? words.yesStill : words.yes}
      no={words.keep}
      disabled={asked.data === undefined || isGoing}
    >
      <div role="status" className="changed">
        {hasChanged && <p className="notice">{words.changed}</p>}
      </div>
      {asked.data === undefined && asked.error === null && (
        <Skeleton height={120} label={words.asking} />
      )}
      {asked.data && (
        <ul className="consequences">
          {inWords(asked.data).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <p className="soft">{words.forGood}</p>
      <ErrorNotice error={removal.error ?? asked.error} again={() => void asked.refetch()} />
    </Confirm>
  );
}

const isSame = (one: Consequences, other: Consequences) =>
  JSON.stringify(one) === JSON.stringify(other);

/** Whether the figures have changed since the first that were shown, and when. */
function useChanges(shown: Consequences | undefined) {
  const first = useRef<Consequences>(undefined);
  const changedAt = useRef(-Infinity);
  const [hasChanged, setHasChanged] = useState(false);
  useEffect(() => {
    if (shown === undefined) return;
    first.current ??= shown;
    if (isSame(first.current, shown)) return;
    first.current = shown;
    changedAt.current = performance.now();
    setHasChanged(true);
  }, [shown]);
  return { hasChanged, changedAt };
}
