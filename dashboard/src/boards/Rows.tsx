import type { ReactNode } from "react";

import { duration, number } from "../format";
import type { Board } from "../queries/queries";
import { text } from "../text";
import { Avatar } from "./Avatar";
import { Medal } from "./Medal";
import type { Gap, Own, Row } from "./standing";

const words = text.boards;

export function shown(kind: Board, score: number): string {
  if (kind === "focus-time") return duration(score);
  if (kind === "streak") return text.days(score);
  return number(score);
}

type Props = { kind: Board; rows: (Row | Gap)[]; own: Own; children?: ReactNode };

/** A board: one's own row stays in sight wherever the list is. */
export function Rows({ kind, rows, own, children }: Props) {
  const people = rows.filter((row): row is Row => "rank" in row);
  const counts = new Map<number, number>();
  for (const { rank } of people) counts.set(rank, (counts.get(rank) ?? 0) + 1);
  const most = Math.max(1, ...people.map(({ score }) => score));
  return (
    <section className="card board">
      <table>
        <thead>
          <tr>
            <th scope="col">{words.rank}</th>
            <th scope="col">{words.person}</th>
            <th scope="col" className="number">
              {words.kinds[kind]}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) =>
            "places" in row ? (
              <tr key="between" className="between">
                <td colSpan={3}>{words.between(row.places)}</td>
              </tr>
            ) : (
              <tr key={row.user_id} data-mine={row.user_id === own.id}>
                <td className="rank">
                  <Place rank={row.rank} isShared={(counts.get(row.rank) ?? 0) > 1} />
                </td>
                <th scope="row">
                  <span className="person">
                    <Avatar name={row.username} picture={row.picture} />
                    <span className="name">
                      <bdi>{row.username}</bdi>
                      {row.user_id === own.id && <span className="mine">{words.you}</span>}
                      <span className="lvl">{words.levelOf(row.lvl)}</span>
                    </span>
                  </span>
                </th>
                <td className="number">
                  {shown(kind, row.score)}
                  <span className="length" aria-hidden="true">
                    <i style={{ width: `${(100 * row.score) / most}%` }} />
                  </span>
                </td>
              </tr>
            ),
          )}
        </tbody>
      </table>
      {children}
    </section>
  );
}

function Place({ rank, isShared }: { rank: number; isShared: boolean }) {
  return (
    <>
      {rank <= 3 ? <Medal rank={rank} /> : number(rank)}
      {isShared && <span aria-hidden="true">=</span>}
      {isShared && <span className="visually-hidden"> {words.tie}</span>}
    </>
  );
}
