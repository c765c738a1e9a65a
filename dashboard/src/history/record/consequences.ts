/** What the deletion of a session takes, in words. */
import { duration } from "../../format";
import type { Consequences } from "../../queries/history";
import { text } from "../../text";
import { kindName } from "../../text/kindName";

type Change = { from: number; to: number };

const words = text.history.remove;
const falls = ({ from, to }: Change) => to < from;

/** The sentences for whoever is asked; one that says so where no figure changes. */
export function inWords(taken: Consequences): string[] {
  const told = (change: Change, say: (from: number, to: number) => string) =>
    falls(change) ? [say(change.from, change.to)] : [];
  const sentences = [
    ...told(taken.total_focus_min, (from, to) => words.minutes(from - to, duration(to))),
    ...told(taken.xp_points, (from, to) => words.xp(from - to, to)),
    ...told(taken.lvl, words.level),
    ...told(taken.kept_streak, words.kept),
    ...told(taken.current_streak, words.streak),
    ...told(taken.best_streak, words.best),
    ...(taken.plant ? [words.plant(kindName(taken.plant.plant_type))] : []),
  ];
  return sentences.length > 0 ? sentences : [words.nothing];
}
