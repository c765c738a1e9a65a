import { dayOf } from "../format";
import type { ImportBrief } from "../queries/imports";
import { text } from "../text";

const words = text.importing.past;

type Props = {
  imports: ImportBrief[];
  zone: string;
  onOpen: (id: string) => void;
};

/** The imports of before, newest first; one that was applied can still be undone. */
export function PastImports({ imports, zone, onOpen }: Props) {
  if (imports.length === 0) return null;
  return (
    <section className="past-imports">
      <h2>{words.title}</h2>
      <ul className="card">
        {imports.map(({ id, source, status, created_at }) => (
          <li key={id}>
            <span>
              {text.importing.choose.programs[source ?? ""] ?? words.unknown}
              <span className="soft">{dayOf(created_at, zone)}</span>
            </span>
            <span className={`record-tag ${status === "applied" ? "entry" : ""}`}>
              {words.statuses[status]}
            </span>
            <button type="button" className="link-button" onClick={() => onOpen(id)}>
              {words.open}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
