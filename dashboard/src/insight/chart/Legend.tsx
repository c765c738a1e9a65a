import { duration } from "../../format";
import { text } from "../../text";
import type { Column } from "./Columns";

const words = text.insight;

type Props = { columns: Column[]; mean: number | undefined; rest: string | undefined };

/** The names of what a chart is made of: only of what is in it. */
export function Legend({ columns, mean, rest }: Props) {
  const has = (kind: string) =>
    columns.some(({ parts }) => parts.some((part) => part.kind === kind && part.minutes > 0));
  const goal = columns.reduce<number | null>((last, column) => column.goal ?? last, null);
  const items: [string, string][] = [];
  if (rest !== undefined && has("rest")) items.push(["rest", rest]);
  if (has("told")) {
    items.unshift(["focus", words.focus]);
    items.push(["told", words.told]);
  }
  if (mean !== undefined && mean > 0) items.push(["mean", words.mean(duration(Math.round(mean)))]);
  if (goal !== null) items.push(["goal", words.goal(duration(goal))]);
  if (items.length === 0) return null;
  return (
    <ul className="chart-keys">
      {items.map(([kind, name]) => (
        <li key={kind}>
          <i className={kind} aria-hidden="true" />
          {name}
        </li>
      ))}
    </ul>
  );
}
