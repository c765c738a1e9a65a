import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { Link } from "wouter";

import { useFocus } from "../focus/context";
import { progress } from "../focus/timer/progress";
import { duration } from "../format";
import { Segmented } from "../parts/forms/Segmented";
import { QueryFallback, Skeleton } from "../parts/notices/Feedback";
import { useServerNow } from "../parts/time/useServerNow";
import { landscape } from "../queries/garden";
import { text } from "../text";
import { apart, dayName, daysIn, type Month, monthName, monthOf, moved } from "./land/calendar";
import { Land, type Live } from "./land/Land";
import { moodOf } from "./land/mood";
import type { Standing } from "./land/plots";
import { useIsNight } from "./land/useIsNight";
import { PlantCard } from "./PlantCard";
import { PlantList } from "./PlantList";
import type { Where } from "./place";
import { Turn } from "./Turn";

const words = text.garden;

/** The running session's minutes and stage, anew when one of the two changes. */
function useLive(): Live {
  const { session } = useFocus();
  const now = useServerNow(Boolean(session));
  const { stage, share } = session ? progress(session, now) : { stage: 0, share: 0 };
  const gone = session ? Math.floor((now - Date.parse(session.created_at)) / 60_000) : 0;
  const minutes = share < 1 ? Math.max(0, gone) : (session?.duration_min ?? gone);
  const id = session?.id;
  return useMemo(
    () => (id === undefined ? null : { sessionId: id, minutes, stage }),
    [id, minutes, stage],
  );
}

/** In forced colours a picture is flat: the list is what can be read. */
const usual = () => (window.matchMedia("(forced-colors: active)").matches ? "list" : "picture");

type Props = { month: Month; where: Where; onTurn: (month: Month) => void };

export function MonthView({ month, where, onTurn }: Props) {
  const { today, since, hemisphere, weekStart } = where;
  const asked = useQuery(landscape(dayName(month, 1), dayName(month, daysIn(month))));
  const live = useLive();
  const isNight = useIsNight();
  const [shown, setShown] = useState<"picture" | "list">(usual);
  const [opened, setOpened] = useState<Standing | null>(null);
  const close = useCallback(() => setOpened(null), []);
  const mood = useMemo(
    () => moodOf(month.month, hemisphere, isNight),
    [month.month, hemisphere, isNight],
  );
  const isNow = apart(month, monthOf(today)) === 0;
  const plants = asked.data?.plants;
  return (
    <>
      <div className="land-head">
        <Turn
          shown={words.month(dayName(month, 1))}
          before={words.monthBefore}
          after={words.monthAfter}
          onBefore={apart(month, monthOf(since)) > 0 ? () => onTurn(moved(month, -1)) : undefined}
          onAfter={isNow ? undefined : () => onTurn(moved(month, 1))}
        />
        <Segmented
          legend={words.show}
          isLegendHidden
          choices={[
            ["picture", words.picture],
            ["list", words.list],
          ]}
          chosen={shown}
          onChoose={setShown}
        />
      </div>
      {!plants ? (
        asked.error ? (
          <QueryFallback of={[asked]} height={0} />
        ) : (
          <div className="land waits">
            <Skeleton height={0} />
          </div>
        )
      ) : shown === "list" ? (
        plants.length > 0 ? (
          <PlantList plants={plants} onOpen={setOpened} />
        ) : (
          <p className="soft">{isNow ? words.emptyMonth : words.emptyPast}</p>
        )
      ) : (
        <section
          className="land-place"
          aria-label={words.pictureOf(words.month(dayName(month, 1)))}
        >
          {plants.length > 1 && <p className="visually-hidden">{words.howToMove}</p>}
          <Land {...{ month, plants, today, since, mood, weekStart, live }} onOpen={setOpened} />
          {plants.length === 0 && (
            <Bare isNow={isNow} isFirst={isNow && monthName(month) === since.slice(0, 7)} />
          )}
        </section>
      )}
      {plants && plants.length > 0 && <Sums plants={plants} />}
      {asked.data?.more && <p className="notice">{words.more}</p>}
      <PlantCard plant={opened} onClose={close} />
    </>
  );
}

/** The sign on ground where nothing stands. */
function Bare({ isNow, isFirst }: { isNow: boolean; isFirst: boolean }) {
  return (
    <div className="land-sign">
      <div>
        <h3>{isFirst ? words.firstTitle : isNow ? words.monthTitle : words.pastTitle}</h3>
        <p>{isFirst ? words.first : isNow ? words.emptyMonth : words.emptyPast}</p>
      </div>
      {isNow && (
        <Link className="button" to="/">
          {words.toFocus}
        </Link>
      )}
    </div>
  );
}

function Sums({ plants }: { plants: readonly Standing[] }) {
  const withered = plants.filter(({ state }) => state === "withered").length;
  const days = new Set(plants.map(({ local_date }) => local_date)).size;
  const minutes = plants.reduce((sum, { focus_min }) => sum + focus_min, 0);
  const sums: [string, string][] = [
    [words.plants(plants.length), withered === 0 ? "" : words.withered(withered)],
    [duration(minutes), words.focus],
    [words.count(days), words.days(days)],
  ];
  return (
    <ul className="sums">
      {sums.map(([figure, what]) => (
        <li key={figure + what}>
          <strong>{figure}</strong> <span className="soft">{what}</span>
        </li>
      ))}
    </ul>
  );
}
