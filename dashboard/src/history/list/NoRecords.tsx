import { Link } from "wouter";

import { Plant } from "../../garden/Plant";
import type { Filters } from "../../queries/history";
import { text } from "../../text";
import { isNarrow } from "./filters";

const words = text.history;
/** A bed as it may stand there in a week. */
const BED = [
  ["Daisy", 2],
  ["Tulip", 4],
  ["Sunflower", 5],
  ["Lavender", 3],
  ["Rose", 1],
] as const;

type Props = {
  filters: Filters;
  today: string;
  onAdd: () => void;
  onChange: (change: Filters) => void;
};

/** What a list without records says, and what can be done about it. */
export function NoRecords({ filters, today, onAdd, onChange }: Props) {
  if (isNarrow(filters)) {
    return (
      <section className="card empty">
        <h2>{words.nothingTitle}</h2>
        <p className="soft">{words.nothing}</p>
        <button
          type="button"
          className="button plain"
          onClick={() => onChange({ kind: undefined, status: undefined, label: undefined })}
        >
          {words.filters.clear}
        </button>
      </section>
    );
  }
  if (filters.day !== undefined) {
    const isToCome = filters.day > today;
    return (
      <section className="card empty">
        <h2>{words.dayEmpty}</h2>
        <p className="soft">{isToCome ? words.dayFuture : words.dayEmptyPast}</p>
        {!isToCome && (
          <button type="button" className="button plain" onClick={onAdd}>
            {words.add}
          </button>
        )}
      </section>
    );
  }
  return (
    <section className="card empty first">
      <div className="bed-row" aria-hidden="true">
        {BED.map(([kind, stage]) => (
          <Plant key={kind} kind={kind} stage={stage} label="" />
        ))}
      </div>
      <h2>{words.emptyTitle}</h2>
      <p className="soft">{words.empty}</p>
      <div className="row">
        <Link className="button" to="/">
          {words.toFocus}
        </Link>
        <button type="button" className="button plain" onClick={onAdd}>
          {words.addPast}
        </button>
        <Link className="button plain" to="/history/import">
          {words.bringPast}
        </Link>
      </div>
    </section>
  );
}
