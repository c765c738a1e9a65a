import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { auth } from "../../api/client";
import { Choices } from "../../parts/forms/Choices";
import { useShortcut } from "../../parts/keys/shortcuts";
import { ErrorNotice } from "../../parts/notices/Feedback";
import { useLabels } from "../../queries/labels";
import { usePreferences } from "../../queries/preferences";
import { species } from "../../queries/queries";
import { text } from "../../text";
import { AlarmCheckbox } from "../alarm/AlarmCheckbox";
import { useFocus } from "../context";
import type { Wish } from "../outbox/sessionRequests";
import { LabelAndNote } from "./LabelAndNote";
import { lastWish } from "./lastWish";
import { LengthDial } from "./LengthDial";
import { PendingStart } from "./PendingStart";
import { PlantRow } from "./PlantRow";

const words = text.focus;
const PLANS = [15, 25, 45, 60];

/** The start of a session: it begins with what was chosen last, so one tap is enough. */
export function StartForm() {
  const { start, starting, notStarted, next } = useFocus();
  const [changed, setChanged] = useState<Partial<Wish>>({});
  const { focus_min } = usePreferences();
  const kinds = useQuery(species).data?.species;
  // A start that waits is shown as it is: another page may have been opened meanwhile.
  const wish: Wish = { ...next, note: "", ...starting?.wish, ...changed };
  const known = useLabels(wish.label !== null);
  const label = known?.find(({ id, archived }) => id === wish.label && !archived) ?? null;
  // Of another account's level, or chosen before a level was lost.
  const isLocked = kinds?.some((kind) => kind.plant_type === wish.plant && !kind.unlocked);
  const plant = isLocked ? "Rose" : wish.plant;
  const change = (part: Partial<Wish>) => setChanged((before) => ({ ...before, ...part }));
  const begin = () => {
    // A label that is known to be gone is left out; one that is not known yet is tried.
    const carried = known ? (label?.id ?? null) : wish.label;
    const whole = { ...wish, plant, label: carried };
    lastWish.keep(auth.user, whole);
    start(whole);
  };
  useShortcut("s", text.keys.startOrEnd, starting ? null : begin);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin();
  };
  const lengths = [...new Set([...PLANS, focus_min])].sort((one, other) => one - other);
  const choices: [number, string][] = [
    ...lengths.map((n): [number, string] => [n, text.today.start.min(n)]),
    [0, words.open],
  ];
  return (
    <form className="start" onSubmit={submit}>
      <LengthDial
        minutes={wish.minutes}
        plant={plant}
        onChange={(minutes) => change({ minutes })}
      />
      <Choices
        legend={words.plan}
        unseen
        name="plan"
        choices={choices}
        chosen={wish.minutes ?? 0}
        onChoose={(minutes) => change({ minutes: minutes || null })}
      >
        {wish.minutes === null && <p className="soft hint">{words.openHint}</p>}
      </Choices>
      <PlantRow plant={plant} onChoose={(chosen) => change({ plant: chosen })} />
      <LabelAndNote
        label={label}
        onLabel={(id) => change({ label: id })}
        note={wish.note}
        onNote={(note) => change({ note })}
      />
      <AlarmCheckbox />
      {starting && <PendingStart />}
      <ErrorNotice error={notStarted} />
      <div className="start-bar">
        <button type="submit" className="button big" disabled={starting !== null}>
          {starting ? words.starting : words.start}
        </button>
      </div>
    </form>
  );
}
