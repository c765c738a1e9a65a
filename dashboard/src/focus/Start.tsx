import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";

import { api, data } from "../api/client";
import { Plant } from "../garden/Plant";
import { Field } from "../parts/Field";
import { refreshFigures, species } from "../parts/queries";
import { Wrong, wrongOf } from "../parts/Said";
import { text } from "../text";
import { Bell } from "./Bell";
import { patiently } from "./patience";

const words = text.focus;
const PLANS = [15, 25, 45, 60];
type Plan = number | "custom" | "open";
type Wish = { minutes: number | null; plant: string | null; key: string };

/** What names an attempt; `randomUUID` is not there where a page came without HTTPS. */
const newKey = () => crypto.getRandomValues(new Uint32Array(4)).join("-");

async function start({ minutes, plant, key }: Wish): Promise<void> {
  const session = await data(
    api.POST("/api/sessions", {
      params: { header: { "Idempotency-Key": key } },
      body: minutes === null ? {} : { duration_min: minutes },
    }),
  );
  if (plant === null) return;
  await data(
    api.POST("/api/garden", {
      params: { header: { "Idempotency-Key": `${key}-plant` } },
      body: { session_id: session.id, plant_type: plant as "Rose" },
    }),
  );
}

export function Start() {
  const client = useQueryClient();
  const kinds = useQuery(species);
  const [plan, setPlan] = useState<Plan>(25);
  const [custom, setCustom] = useState("90");
  const [plant, setPlant] = useState<string | null>("Rose");
  // One key an intent: a retry after a lost answer starts nothing twice.
  const key = useRef(newKey());
  const starting = useMutation({
    mutationFn: start,
    ...patiently,
    onSettled: async () => {
      key.current = newKey();
      await refreshFigures(client, "began");
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const minutes = plan === "open" ? null : plan === "custom" ? Number(custom) : plan;
    starting.mutate({ minutes, plant, key: key.current });
  };
  const choices: [Plan, string][] = [
    ...PLANS.map((n): [Plan, string] => [n, `${n} min`]),
    ["custom", words.custom],
    ["open", words.open],
  ];
  return (
    <form className="card start" onSubmit={submit}>
      <fieldset className="choices">
        <legend>{words.plan}</legend>
        <div className="chips">
          {choices.map(([value, label]) => (
            <label className="chip" key={value}>
              <input
                type="radio"
                name="plan"
                checked={plan === value}
                onChange={() => setPlan(value)}
              />
              <span>{label}</span>
            </label>
          ))}
        </div>
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
            wrong={wrongOf(starting.error, "duration_min")}
          />
        )}
        {plan === "open" && <p className="soft">{words.openHint}</p>}
      </fieldset>
      <fieldset className="choices">
        <legend>{words.plant}</legend>
        <div className="kinds">
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
      <Bell />
      <Wrong error={starting.error} at={plan === "custom" ? ["duration_min"] : []} />
      <button type="submit" className="button big" disabled={starting.isPending}>
        {starting.isPending ? words.starting : words.start}
      </button>
    </form>
  );
}
