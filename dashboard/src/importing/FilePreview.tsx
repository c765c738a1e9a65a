import { text } from "../text";
import type { Table } from "./csv";

/** The first rows of a file, to see that it is the right one. */
export function FilePreview({ table }: { table: Table }) {
  const title = text.importing.choose.preview;
  return (
    <section className="scroll preview" tabIndex={0} aria-label={title}>
      <table>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            {table.header.map((name, n) => (
              <th key={n} scope="col">
                <bdi>{name}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, line) => (
            <tr key={line}>
              {table.header.map((_, n) => (
                <td key={n}>
                  <bdi>{row[n]}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
