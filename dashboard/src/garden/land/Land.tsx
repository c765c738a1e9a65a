import { type KeyboardEvent, memo, useMemo, useRef, useState } from "react";

import { useWidth } from "../../insight/useWidth";
import { text } from "../../text";
import { kindName } from "../../text/kindName";
import { Plant } from "../Plant";
import { daysIn, type Month, monthName } from "./calendar";
import { chance } from "./colour";
import type { Mood } from "./mood";
import {
  type Ground,
  groundOf,
  minutesShown,
  type Place,
  placesOf,
  type Size,
  type Standing,
} from "./plots";
import { FOOT, Scenery } from "./Scenery";
import { Weather } from "./Weather";

const words = text.garden;
/** More plants than these stand still: wind in each of them would be seen as stutter. */
const MOST_IN_THE_WIND = 90;

/** What the running session has grown by now. */
export type Live = { sessionId: string; minutes: number; stage: number } | null;

type Props = {
  month: Month;
  plants: readonly Standing[];
  today: string;
  /** The day on which the account was opened. */
  since: string;
  mood: Mood;
  weekStart: "mon" | "sat" | "sun";
  live: Live;
  onOpen: (plant: Standing) => void;
};

export const Land = memo(function Land(props: Props) {
  const { month, plants, today, since, mood, weekStart, live, onOpen } = props;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 320);
  const size = useMemo(
    () => ({ width, height: width < 600 ? 470 : width < 900 ? 520 : 570 }),
    [width],
  );
  const dayToday = today.startsWith(monthName(month)) ? Number(today.slice(8)) : null;
  const lastDay = dayToday ?? daysIn(month);
  // An earlier plant, such as one that was planted late, moves the beginning.
  const begin = [since, ...plants.map((one) => one.local_date)].sort()[0] ?? since;
  const firstDay = begin.startsWith(monthName(month)) ? Number(begin.slice(8)) : 1;
  const ground = useMemo(
    () => groundOf(month, [firstDay, lastDay], weekStart, size),
    [month, firstDay, lastDay, weekStart, size],
  );
  const places = useMemo(
    () =>
      placesOf(plants, ground, size, (plant) =>
        plant.session_id === live?.sessionId ? live.minutes : minutesShown(plant),
      ),
    [plants, ground, size, live],
  );
  const dug = useMemo(
    () => new Set(plants.map((one) => Number(one.local_date.slice(8)))),
    [plants],
  );
  return (
    <div
      className="land"
      data-night={mood.isNight || undefined}
      ref={box}
      style={{ height: size.height }}
    >
      <Scenery size={size} ground={ground} mood={mood} dug={dug} today={dayToday} />
      <Plants places={places} live={live} onOpen={onOpen} />
      {plants.length === 0 && dayToday !== null && <Seed ground={ground} size={size} />}
      <Weather falling={mood.falling} />
    </div>
  );
});

/** What waits in today's bed as long as nothing stands in the month. */
function Seed({ ground, size }: { ground: Ground; size: Size }) {
  const plot = ground.plots.at(-1);
  if (!plot) return null;
  const height = Math.max(80, size.width * 0.13);
  return (
    <span
      className="seed-place"
      style={{
        insetInlineStart: plot.x - (height * 60) / 140,
        insetBlockStart: plot.y - height * FOOT,
        inlineSize: (height * 120) / 140,
      }}
    >
      <Plant kind="" stage={1} label="" />
    </span>
  );
}

type PlantsProps = { places: readonly Place[]; live: Live; onOpen: (plant: Standing) => void };

/** The plants, of which one takes the focus; the arrows go to the others. */
function Plants({ places, live, onOpen }: PlantsProps) {
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const current = Math.min(at, places.length - 1);
  const move = (event: KeyboardEvent) => {
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    const step = (steps as Record<string, number>)[event.key];
    const next =
      event.key === "Home" ? 0 : event.key === "End" ? places.length - 1 : step && current + step;
    if (next === undefined || next < 0 || next >= places.length) return;
    event.preventDefault();
    setAt(next);
    list.current?.querySelectorAll("button")[next]?.focus();
  };
  return (
    <ul
      className="land-plants"
      ref={list}
      onKeyDown={move}
      data-wind={places.length <= MOST_IN_THE_WIND || undefined}
    >
      {places.map(({ plant, x, y, height }, n) => {
        const isLive = plant.session_id === live?.sessionId;
        const width = (height * 120) / 140;
        const minutes = isLive ? live.minutes : plant.focus_min;
        return (
          <li key={plant.id}>
            <button
              type="button"
              className="standing"
              data-state={plant.state}
              aria-label={words.plant(
                kindName(plant.plant_type),
                words.states[plant.state] ?? plant.state,
                minutes,
                plant.local_date,
              )}
              tabIndex={n === current ? 0 : -1}
              onFocus={() => setAt(n)}
              onClick={() => onOpen(plant)}
              style={{
                insetInlineStart: x - width / 2,
                insetBlockStart: y - height * FOOT,
                inlineSize: width,
                blockSize: height,
                zIndex: Math.round(y),
                animationDelay: `${-7 * chance(plant.id)}s`,
              }}
            >
              <Plant
                kind={plant.plant_type}
                stage={isLive ? Math.max(live.stage, plant.growth_stage) : plant.growth_stage}
                state={plant.state}
                label=""
                soil={false}
              />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
