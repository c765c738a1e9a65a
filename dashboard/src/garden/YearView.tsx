import { useQuery } from "@tanstack/react-query";

import { QueryFallback, Skeleton } from "../parts/notices/Feedback";
import { landscape } from "../queries/garden";
import { text } from "../text";
import { Forest } from "./forest/Forest";
import { dayName, type Month, monthOf } from "./land/calendar";
import { useIsNight } from "./land/useIsNight";
import type { Where } from "./place";
import { Turn } from "./Turn";

const words = text.garden;

type Props = {
  year: number;
  where: Where;
  onTurn: (year: number) => void;
  onOpen: (month: Month) => void;
};

/** The year as a forest, a month after the other. */
export function YearView({ year, where, onTurn, onOpen }: Props) {
  const first = dayName({ year, month: 1 }, 1);
  const asked = useQuery(landscape(first, dayName({ year, month: 12 }, 31)));
  const isNight = useIsNight();
  const now = monthOf(where.today);
  return (
    <>
      <div className="land-head">
        <Turn
          shown={words.year(first)}
          before={words.yearBefore}
          after={words.yearAfter}
          onBefore={year > monthOf(where.since).year ? () => onTurn(year - 1) : undefined}
          onAfter={year < now.year ? () => onTurn(year + 1) : undefined}
        />
        {asked.data && <p className="soft">{words.plants(asked.data.plants.length)}</p>}
      </div>
      {asked.data ? (
        <section aria-label={words.forest(words.year(first))}>
          <Forest
            year={year}
            plants={asked.data.plants}
            hemisphere={where.hemisphere}
            isNight={isNight}
            from={year === now.year ? now.month : 12}
            onOpen={onOpen}
          />
        </section>
      ) : asked.error ? (
        <QueryFallback of={[asked]} height={0} />
      ) : (
        <div className="forest waits">
          <Skeleton height={0} />
        </div>
      )}
      <p className="soft">{words.forestHint}</p>
      {asked.data?.more && <p className="notice">{words.more}</p>}
    </>
  );
}
