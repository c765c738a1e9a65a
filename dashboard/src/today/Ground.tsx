import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import type { Schemas } from "../api/client";
import { number } from "../format";
import { Plant } from "../garden/Plant";
import { useTimeOfDay } from "../parts/time/useTimeOfDay";
import { useMe } from "../queries/queries";
import { newestPlants, recordsOf } from "../queries/today";
import { text } from "../text";

const words = text.today.day;
/** The most that stand side by side; the newest ones. */
const MOST = 12;

type Record = Schemas["HistoryRecord"];

function saidOf({ kind, minutes, status }: Record, time: string): string {
  if (kind === "entry") return words.entry(time, minutes);
  return status === "abandoned" ? words.withered(time) : words.session(time, minutes);
}

/** The height of a plant by its minutes, in pixels: two hours tower over a short one. */
const heightOf = (minutes: number) => Math.round(34 + 30 * Math.min(1, Math.sqrt(minutes / 120)));

/** What was done today, as small plants along the ground; each opens the day's history. */
export function Ground({ date }: { date: string }) {
  const records = useQuery(recordsOf(date)).data;
  const timeOfDay = useTimeOfDay(useMe().data?.timezone);
  // Only a session has a plant: a day that has just begun asks for none.
  const hasSessions = records?.records.some(({ kind }) => kind === "session") ?? false;
  const plants = useQuery({ ...newestPlants, enabled: hasSessions }).data?.gardens;
  const plantOf = (id: string) => plants?.find(({ session_id }) => session_id === id);
  // A moment that neither counts nor grew anything is in the history alone.
  const done = (records?.records ?? []).filter(
    ({ id, status, minutes }) => status !== "active" && (minutes > 0 || plantOf(id)),
  );
  const shown = done.slice(0, MOST).reverse();
  return (
    <section className="ground" aria-label={words.ground}>
      {shown.length > 0 ? (
        <ul>
          {shown.map((record) => {
            const plant = plantOf(record.id);
            const said = saidOf(record, timeOfDay(record.at));
            return (
              <li key={record.id}>
                <Link to={`/history?day=${date}`} title={said}>
                  <span className="visually-hidden">{said}</span>
                  {plant ? (
                    <span className="stands" style={{ width: heightOf(record.minutes) }}>
                      <Plant
                        kind={plant.plant_type}
                        stage={plant.growth_stage}
                        state={plant.state}
                        label=""
                        soil={false}
                      />
                    </span>
                  ) : (
                    <i className="stone" data-told={record.kind === "entry" || undefined} />
                  )}
                  <small aria-hidden="true">{number(record.minutes)}</small>
                </Link>
              </li>
            );
          })}
        </ul>
      ) : (
        <p className="soft">{records ? words.groundEmpty : "\u00a0"}</p>
      )}
      {done.length > MOST && (
        <Link className="more" to={`/history?day=${date}`}>
          {words.more(done.length - MOST)}
        </Link>
      )}
    </section>
  );
}
