import { useQuery } from "@tanstack/react-query";

import { useTimeOfDay } from "../../parts/time/useTimeOfDay";
import { lastSessionRecord } from "../../queries/today";
import { text } from "../../text";
import { useFocus } from "../context";
import type { Phase } from "./ticked";

const words = text.today.left;

/** The rest of a plan that was ended early, offered for half an hour. */
export function LeftCard({ left: { minutes, until } }: { left: NonNullable<Phase["left"]> }) {
  const { start, starting, next } = useFocus();
  const timeOfDay = useTimeOfDay();
  const last = useQuery(lastSessionRecord).data;
  const planned = last?.planned_min ?? null;
  return (
    <section className="left-card">
      <div>
        <h2>{planned === null ? words.alone(minutes) : words.title(minutes, planned)}</h2>
        <p className="soft">{words.lead(timeOfDay(until))}</p>
      </div>
      <button
        type="button"
        className="button"
        disabled={starting !== null}
        onClick={() =>
          start({ minutes, plant: next.plant, label: last?.label_id ?? next.label, note: "" })
        }
      >
        {words.go}
      </button>
    </section>
  );
}
