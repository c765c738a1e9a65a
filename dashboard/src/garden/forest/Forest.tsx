import { useEffect, useMemo, useRef } from "react";

import { duration } from "../../format";
import { text } from "../../text";
import { dayName, type Month } from "../land/calendar";
import type { Hemisphere } from "../land/hemisphere";
import { moodOf } from "../land/mood";
import type { Standing } from "../land/plots";
import { drawTile, TILE, type Tree, treesOf } from "./tile";

const words = text.garden;

type Props = {
  year: number;
  plants: readonly Standing[];
  hemisphere: Hemisphere;
  isNight: boolean;
  /** The month that is looked at first. */
  from: number;
  onOpen: (month: Month) => void;
};

/**
 * The months of a year side by side. Each is drawn once, and the browser's own scrolling
 * moves them: three thousand plants pan like none.
 */
export function Forest({ year, plants, hemisphere, isNight, from, onOpen }: Props) {
  const strip = useRef<HTMLUListElement>(null);
  const trees = useMemo(() => treesOf(plants), [plants]);
  useEffect(() => {
    const seen = strip.current;
    if (seen) seen.scrollLeft = (from - 0.5) * TILE.width - seen.clientWidth / 2;
  }, [from]);
  return (
    <ul className="forest" ref={strip}>
      {Array.from({ length: 12 }, (_, n) => {
        const month = { year, month: n + 1 };
        const first = dayName(month, 1);
        const own = plants.filter(({ local_date }) => local_date.startsWith(first.slice(0, 7)));
        const minutes = own.reduce((sum, { focus_min }) => sum + focus_min, 0);
        return (
          <li key={n}>
            <button type="button" onClick={() => onOpen(month)}>
              <Tile month={n + 1} {...{ trees, hemisphere, isNight }} />
              <strong>{words.month(first)}</strong>{" "}
              <span className="soft">{words.forestMonth(own.length, duration(minutes))}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

type TileProps = {
  month: number;
  trees: readonly Tree[];
  hemisphere: Hemisphere;
  isNight: boolean;
};

function Tile({ month, trees, hemisphere, isNight }: TileProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const mood = (by: number) => moodOf(((month - 1 + by + 12) % 12) + 1, hemisphere, isNight);
    if (canvas.current) {
      void drawTile(canvas.current, (month - 1) * TILE.width, [mood(-1), mood(0), mood(1)], trees);
    }
  }, [month, trees, hemisphere, isNight]);
  return <canvas ref={canvas} width={TILE.width} height={TILE.height} aria-hidden="true" />;
}
