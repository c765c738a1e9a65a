import { useQuery } from "@tanstack/react-query";

import type { Schemas } from "../api/client";
import { duration, isolated } from "../format";
import { QueryFallback } from "../parts/notices/Feedback";
import { byLabel } from "../queries/figures";
import { labels } from "../queries/labels";
import { text } from "../text";
import { inAll } from "./days";

const words = text.insight;
const part = new Intl.NumberFormat(text.locale, { style: "percent", maximumFractionDigits: 0 });

type Row = Schemas["LabelFocus"] & { name: string; color: string };

/** Where the minutes went: one bar of all labels, then each with its own. */
export function LabelsCard({ from, to }: { from: string; to: string }) {
  const found = useQuery(byLabel({ from, to }));
  const known = useQuery(labels);
  if (!found.data || !known.data) return <QueryFallback of={[found, known]} height={380} />;
  const named = new Map(known.data.labels.map((label) => [label.id, label]));
  const rows = found.data
    .filter((row) => inAll(row) > 0)
    .map((row): Row => {
      const label = row.label_id === null ? undefined : named.get(row.label_id);
      return { ...row, name: label?.name ?? words.noLabel, color: label?.color ?? "none" };
    })
    .sort((one, other) => inAll(other) - inAll(one));
  const total = rows.reduce((sum, row) => sum + inAll(row), 0);
  const labelled = rows.filter(({ label_id }) => label_id !== null);
  return (
    <section className="card labels-card">
      <div className="card-lead">
        <h2>{words.labels}</h2>
        <p className="soft">{lead(labelled[0], known.data.labels.length, total)}</p>
      </div>
      {labelled.length > 0 && (
        <>
          <div className="stack" aria-hidden="true">
            {rows.map((row) => (
              <Split key={row.label_id} row={row} of={total} />
            ))}
          </div>
          <Table rows={rows} total={total} />
        </>
      )}
    </section>
  );
}

function lead(most: Row | undefined, labelCount: number, total: number): string {
  if (most !== undefined)
    return words.mostLabel(isolated(most.name), part.format(inAll(most) / total));
  return labelCount === 0 ? words.labelsHint : words.noLabels;
}

/** A label's part of a bar, its told minutes hatched. */
function Split({ row, of }: { row: Row; of: number }) {
  const width = (minutes: number) => ({ width: `${(100 * minutes) / of}%` });
  return (
    <>
      <i className={`share label-${row.color}`} style={width(row.focus_min)} />
      <i className={`share told label-${row.color}`} style={width(row.manual_min)} />
    </>
  );
}

function Table({ rows, total }: { rows: Row[]; total: number }) {
  const most = Math.max(...rows.map(inAll));
  return (
    <table className="labels">
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{words.label}</th>
          <th scope="col">{words.focus}</th>
          <th scope="col">{words.share}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.label_id}>
            <th scope="row">
              <i className={`label-mark label-${row.color}`} aria-hidden="true" />
              <bdi>{row.name}</bdi>
              <span className="stack thin" aria-hidden="true">
                <Split row={row} of={most} />
              </span>
            </th>
            <td className="number">
              {duration(row.focus_min)}
              {row.manual_min > 0 && (
                <span className="told-line">{words.toldLine(duration(row.manual_min))}</span>
              )}
            </td>
            <td className="number soft">{part.format(inAll(row) / total)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
