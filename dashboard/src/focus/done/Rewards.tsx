import { useQuery } from "@tanstack/react-query";
import { type CSSProperties, useState } from "react";

import { duration } from "../../format";
import { Plant } from "../../garden/Plant";
import { species, useMe } from "../../queries/queries";
import { today } from "../../queries/today";
import { text } from "../../text";
import { kindName } from "../../text/kindName";
import { GoalRing } from "./GoalRing";
import { beginOf, filled, levelOf } from "./level";
import { StreakDots } from "./StreakDots";
import { useCountUp } from "./useCountUp";

const words = text.done;

/** What a session brought: XP, the streak, the day's goal, and the species it comes nearer to. */
export function Rewards({ credit }: { credit: number }) {
  const me = useMe();
  const day = useQuery(today);
  const kinds = useQuery(species).data?.species;
  // Until the figures are asked anew they are those from before the end.
  const isKnown = useOnceTrue(me.data !== undefined && !me.isFetching && !me.isStale);
  const isDayKnown = useOnceTrue(day.data !== undefined && !day.isFetching && !day.isStale);
  const xp = me.data?.xp_points ?? 0;
  const before = isKnown ? Math.max(0, xp - credit) : xp;
  return (
    <section className="rewards" aria-label={words.rewards}>
      <Xp from={before} to={xp} credit={credit} runs={isKnown} isThere={me.data !== undefined} />
      <div className="reward reward-streak">
        {day.data ? (
          <StreakDots today={day.data} fills={isDayKnown} />
        ) : (
          <div className="skeleton" />
        )}
      </div>
      <div className="reward reward-goal">
        {day.data ? (
          <GoalRing today={day.data} credit={credit} closes={isDayKnown} />
        ) : (
          <div className="skeleton" />
        )}
      </div>
      <div className="reward reward-next">
        {kinds && me.data ? (
          <NextSpecies kinds={kinds} xp={xp} before={before} />
        ) : (
          <div className="skeleton" />
        )}
      </div>
    </section>
  );
}

/** True from the first time on: what was counted up once is not counted down by a later look. */
function useOnceTrue(now: boolean): boolean {
  const [was, setWas] = useState(now);
  if (now && !was) setWas(true);
  return was || now;
}

type XpProps = { from: number; to: number; credit: number; runs: boolean; isThere: boolean };

/** The XP, which count up into the bar of the level. */
function Xp({ from, to, credit, runs, isThere }: XpProps) {
  const shown = useCountUp(from, to, runs);
  const level = levelOf(shown);
  const hasRisen = runs && levelOf(from) < levelOf(to);
  const bar = { "--part": isThere ? filled(shown) : 0 } as CSSProperties;
  return (
    <div className="reward reward-xp">
      <p className="gained">
        <strong>{words.xp(credit)}</strong>
        <span>{hasRisen ? words.levelUp(levelOf(to)) : words.level(level)}</span>
      </p>
      <div className="reward-bar" style={bar} aria-hidden="true">
        <i />
      </div>
      <p className="lesser">{words.toLevel(beginOf(level + 1) - shown, level + 1)}</p>
    </div>
  );
}

type Kinds = { plant_type: string; level: number; unlocked: boolean }[];

/** The species that opens next, as a silhouette; one that has just opened, in its colours. */
function NextSpecies({ kinds, xp, before }: { kinds: Kinds; xp: number; before: number }) {
  const opened = kinds
    .filter(({ level }) => level > levelOf(before) && level <= levelOf(xp))
    .at(-1);
  if (opened) {
    return (
      <>
        <Plant kind={opened.plant_type} stage={5} label="" />
        <p>
          <strong>{words.unlocked(kindName(opened.plant_type))}</strong>
          <span className="lesser">{words.unlockedText}</span>
        </p>
      </>
    );
  }
  const [next] = kinds
    .filter(({ level }) => level > levelOf(xp))
    .sort((one, other) => one.level - other.level);
  if (!next) return <p>{words.allOpen}</p>;
  return (
    <>
      <div className="next-silhouette">
        <Plant kind={next.plant_type} stage={5} label="" />
      </div>
      <p>
        <strong>{words.next(kindName(next.plant_type), duration(beginOf(next.level) - xp))}</strong>
        <span className="lesser">{words.nextLevel(next.level)}</span>
      </p>
    </>
  );
}
