import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { duration } from "../format";
import { Sheet } from "../parts/floating/Sheet";
import { QueryFallback } from "../parts/notices/Feedback";
import { useTimeOfDay } from "../parts/time/useTimeOfDay";
import { recordOf } from "../queries/garden";
import { useLabels } from "../queries/labels";
import { useMe } from "../queries/queries";
import { text } from "../text";
import { kindName } from "../text/kindName";
import type { Standing } from "./land/plots";
import { Plant } from "./Plant";

const words = text.garden;

/** What a plant tells: the session that it grew out of. */
export function PlantCard({ plant, onClose }: { plant: Standing | null; onClose: () => void }) {
  return (
    <Sheet
      title={plant ? kindName(plant.plant_type) : ""}
      open={plant !== null}
      onClose={onClose}
      foot={
        plant && (
          <Link className="button" to={`/history?day=${plant.local_date}`}>
            {words.card.open}
          </Link>
        )
      }
    >
      {plant && <Told plant={plant} />}
    </Sheet>
  );
}

function Told({ plant }: { plant: Standing }) {
  const asked = useQuery(recordOf(plant.session_id));
  const labels = useLabels();
  const timeOfDay = useTimeOfDay(useMe().data?.timezone);
  const record = asked.data;
  const label = labels?.find(({ id }) => id === record?.label_id);
  const isGrowing = plant.state === "growing";
  const minutes = isGrowing ? null : duration(plant.focus_min);
  return (
    <div className="plant-card">
      <div className="plant-portrait">
        <Plant kind={plant.plant_type} stage={plant.growth_stage} state={plant.state} />
        <p className="soft">{words.number(plant.plant_num)}</p>
      </div>
      <dl>
        <dt>{words.card.day}</dt>
        <dd>{words.day(plant.local_date)}</dd>
        {minutes !== null && (
          <>
            <dt>{words.card.minutes}</dt>
            <dd>{minutes}</dd>
          </>
        )}
        {record && (
          <>
            <dt>{words.card.time}</dt>
            <dd>
              {record.ended_at === null
                ? timeOfDay(record.at)
                : words.card.timeSpan(timeOfDay(record.at), timeOfDay(record.ended_at))}
            </dd>
            <dt>{words.card.label}</dt>
            <dd>
              {label ? (
                <span className="label-name">
                  <i style={{ background: `var(--label-${label.color})` }} />
                  <bdi>{label.name}</bdi>
                </span>
              ) : (
                words.card.noLabel
              )}
            </dd>
            {record.note !== "" && (
              <>
                <dt>{words.card.note}</dt>
                <dd>
                  <bdi>{record.note}</bdi>
                </dd>
              </>
            )}
          </>
        )}
      </dl>
      {!record && <QueryFallback of={[asked]} height={56} />}
      {plant.state !== "grown" && (
        <p className="soft">{isGrowing ? words.card.growing : words.card.withered}</p>
      )}
    </div>
  );
}
