import type { Schemas } from "../api/client";
import { text } from "../text";

const words = text.importing.rejected;

type Props = {
  count: number;
  lines: Schemas["ImportLine"][];
  /** The lines of the file; empty where it is not here any more. */
  file: string[];
};

/** The lines that are not taken, each with what it says and why. */
export function Rejected({ count, lines, file }: Props) {
  // A report from before the lines of each order were told has none of the other order.
  if (lines.length === 0) return null;
  const hasFile = file.length > 0;
  return (
    <details className="rejected">
      <summary>{words.title(count)}</summary>
      {lines.length < count && <p className="soft">{words.first(lines.length)}</p>}
      <section className="scroll" tabIndex={0} aria-label={words.title(count)}>
        <table>
          <thead>
            <tr>
              <th scope="col" className="number">
                {words.line}
              </th>
              {hasFile && <th scope="col">{words.what}</th>}
              <th scope="col">{words.why}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ line, reason }) => (
              <tr key={line}>
                <td className="number">{line}</td>
                {hasFile && (
                  <td>
                    <code>{file[line - 1]?.slice(0, 120)}</code>
                  </td>
                )}
                <td>{words.reasons[reason]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
