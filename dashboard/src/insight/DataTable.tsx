import { number } from "../format";
import { text } from "../text";

type Cell = string | number;
type Props = {
  title: string;
  /** The first names the row; the others are of numbers. */
  heads: string[];
  rows: { key: string; cells: Cell[] }[];
};

/** The table of a chart, for who reads rather than looks; newest first. */
export function DataTable({ title, heads, rows }: Props) {
  return (
    <details className="as-table">
      <summary>{text.insight.asTable}</summary>
      <section className="scroll" tabIndex={0} aria-label={title}>
        <table>
          <thead>
            <tr>
              {heads.map((head, n) => (
                <th key={head} scope="col" className={n > 0 ? "number" : undefined}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells: [name, ...others] }) => (
              <tr key={key}>
                <th scope="row">{name}</th>
                {others.map((cell, n) => (
                  <td key={n} className="number">
                    {typeof cell === "number" ? number(cell) : cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
