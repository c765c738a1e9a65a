import { text } from "../text";

export type Minutes = { key: string; label: string; minutes: number; note?: string };

/** The table of a chart, for screen readers; newest first, `rows` oldest first. */
export function MinutesTable({
  title,
  head,
  rows,
}: {
  title: string;
  head: string;
  rows: Minutes[];
}) {
  const hasNotes = rows.some(({ note }) => note !== undefined);
  return (
    <details>
      <summary>{text.insight.asTable}</summary>
      <section className="scroll" tabIndex={0} aria-label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{head}</th>
              <th scope="col" className="number">
                {text.insight.minutesHead}
              </th>
              {hasNotes && (
                <th scope="col" className="number">
                  {text.insight.change}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {[...rows].reverse().map(({ key, label, minutes, note }) => (
              <tr key={key}>
                <td>{label}</td>
                <td className="number">{minutes}</td>
                {note !== undefined && <td className="number">{note}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
