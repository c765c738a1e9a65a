import { useState } from "react";

import { auth } from "../../api/client";
import { ApiError } from "../../api/errors";
import { newKey } from "../../api/idempotencyKey";
import { newId } from "../../focus/outbox/errands";
import { sender } from "../../focus/outbox/sessionRequests";
import { duration } from "../../format";
import { Sheet } from "../../parts/floating/Sheet";
import { say } from "../../parts/floating/toasts";
import type { EntryToTell } from "../../queries/entries";
import { useEntryCreate } from "../../queries/history";
import type { Label } from "../../queries/labels";
import { text } from "../../text";
import { newDraft } from "./entry";
import { EntryForm, type Sent } from "./EntryForm";
import { fullDay, type Reading } from "./times";

const words = text.history.edit;

/** Keep an entry that no answer came to, so that it is sent later; false for a refused one. */
async function keep(error: unknown, body: EntryToTell, key: string): Promise<boolean> {
  const { user } = auth;
  if (!(error instanceof ApiError) || !error.isUnanswered || user === null) return false;
  await sender.keep({ what: "typed", user, session: newId(), body, key });
  return true;
}

type Props = {
  date: string;
  today: string;
  labels: Label[];
  reading: Reading;
  onClose: () => void;
};

/** A new entry; sent again after a lost answer it is one all the same. */
export function AddEntry({ date, today, labels, reading, onClose }: Props) {
  const create = useEntryCreate();
  const [initial] = useState(() => newDraft(date));
  const [attempt, setAttempt] = useState({ key: newKey(), content: "" });
  const send = async ({ label_id, ...sent }: Sent) => {
    const body = { ...sent, ...(label_id === null ? {} : { label_id }) };
    const content = JSON.stringify(body);
    // Another content is another entry; the same one is the retry of what no answer came to.
    const key = content === attempt.content ? attempt.key : newKey();
    setAttempt({ key, content });
    let made: Awaited<ReturnType<typeof create.mutateAsync>>;
    try {
      made = await create.mutateAsync({ ...body, key });
    } catch (error) {
      if (!(await keep(error, body, key))) throw error;
      onClose();
      return say(text.offline.entryKept(body.minutes));
    }
    onClose();
    say(words.added(duration(made.minutes), fullDay(made.local_date, today)));
  };
  return (
    <Sheet title={words.add} open onClose={onClose}>
      <p className="soft">{words.addHint}</p>
      <EntryForm
        initial={initial}
        labels={labels}
        reading={reading}
        submit={create.isPending ? words.saving : words.addIt}
        send={send}
        error={create.error}
      />
    </Sheet>
  );
}
