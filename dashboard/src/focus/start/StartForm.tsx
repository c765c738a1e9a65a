import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { Plant } from "../../garden/Plant";
import { Choices } from "../../parts/forms/Choices";
import { Field } from "../../parts/forms/Field";
import { species } from "../../queries/queries";
import { ErrorNotice, fieldErrors, QueryFallback } from "../../parts/notices/Feedback";
import { text } from "../../text";
import { AlarmCheckbox } from "../alarm/AlarmCheckbox";
import { useFocus } from "../context";
import type { Wish } from "../outbox/sessionRequests";
import { PendingStart } from "./PendingStart";

const words = text.focus;
const PLANS = [15, 25, 45, 60];
type Plan = number | "custom" | "open";
/** The plan of a start that waits: another page may have been opened meanwhile. */
function planOf(wish?: Wish): Plan {
  if (!wish) return 25;
  if (wish.minutes === null) return "open";
  return PLANS.includes(wish.minutes) ? wish.minutes : "custom";
}

export function StartForm() {
  const { start, starting, notStarted } = useFocus();
  const kinds = useQuery(species);
  const [plan, setPlan] = useState<Plan>(() => planOf(starting?.wish));
  const [custom, setCustom] = useState(() => String(starting?.wish.minutes ?? 90));
  const [plant, setPlant] = useState<string | null>(starting ? starting.wish.plant : "Rose");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const minutes = plan === "open" ? null : plan === "custom" ? Number(custom) : plan;
    start({ minutes, plant });
  };
  const choices: [Plan, string][] = [
    ...PLANS.map((n): [Plan, string] => [n, `${n} min`]),
    ["custom", words.custom],
    ["open", words.open],
  ];
  return (
    <form className="card start" onSubmit={submit}>
      <Choices legend={words.plan} name="plan" choices={choices} chosen={plan} onChoose={setPlan}>
        {plan === "custom" && (
          <Field
            label={words.customLabel}
            type="number"
            inputMode="numeric"
            min={1}
            max={480}
            required
            value={custom}
            onChange={(event) => setCustom(event.target.value)}
            errors={fieldErrors(notStarted, "duration_min")}
          />
        )}
        {plan === "open" && <p className="soft">{words.openHint}</p>}
      </Choices>
      <fieldset className="choices">
        <legend>{words.plant}</legend>
        <div className="kinds">
          {!kinds.data && <QueryFallback of={[kinds]} height={120} />}
          {(kinds.data?.species ?? []).map((kind) => (
            <label className="kind" key={kind.plant_type} data-locked={!kind.unlocked}>
              <input
                type="radio"
                name="plant"
                checked={plant === kind.plant_type}
                disabled={!kind.unlocked}
                onChange={() => setPlant(kind.plant_type)}
              />
              <span>
                <Plant kind={kind.plant_type} stage={5} label="" />
                {kind.plant_type}
                {!kind.unlocked && <small>{words.unlocksAt(kind.level)}</small>}
              </span>
            </label>
          ))}
          <label className="kind">
            <input
              type="radio"
              name="plant"
              checked={plant === null}
              onChange={() => setPlant(null)}
            />
            <span>
              <Plant kind="" stage={0} label="" />
              {words.noPlant}
            </span>
          </label>
        </div>
      </fieldset>
      <AlarmCheckbox />
      {starting && <PendingStart />}
      <ErrorNotice error={notStarted} at={plan === "custom" ? ["duration_min"] : []} />
      <button type="submit" className="button big" disabled={starting !== null}>
        {starting ? words.starting : words.start}
      </button>
    </form>
  );
}
