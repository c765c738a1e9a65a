/** The rows of a board, and one's own among them. */
import type { Schemas } from "../api/client";
import type { Board, Ranked } from "../queries/queries";

export type Row = Ranked["rows"][number];
export type Own = { id: string; username: string; lvl: number; score: number; visible: boolean };

export function ownOf(
  kind: Board,
  profile: Schemas["User"] | undefined,
  totals: Schemas["UserStats"] | undefined,
): Own | null {
  if (!profile || !totals) return null;
  const score = {
    xp: profile.xp_points,
    "focus-time": totals.total_focus_min,
    streak: totals.best_streak,
    sessions: totals.total_sessions,
  }[kind];
  const { id, username, lvl, leaderboard_visible: visible } = profile;
  return { id, username, lvl, score, visible };
}

export type Gap = { places: number };

/**
 * The rows as they are shown: the head, what is left out between, and the people around
 * oneself. Who is hidden is on no list, and sees their own row where it would stand.
 */
export function rowsOf(found: Ranked, around: Row[], own: Own): (Row | Gap)[] {
  const head = found.rows;
  const rows = [
    ...head,
    ...around.filter((one) => !head.some((row) => row.user_id === one.user_id)),
  ];
  const isListed = rows.some((row) => row.user_id === own.id);
  if (!isListed && found.ownRank !== null) {
    const mine: Row = {
      rank: found.ownRank,
      user_id: own.id,
      username: own.username,
      lvl: own.lvl,
      score: own.score,
    };
    const at = rows.findIndex((row) => row.rank >= mine.rank);
    rows.splice(at < 0 ? rows.length : at, 0, mine);
  }
  const next = rows[head.length];
  const last = head.at(-1);
  const places = next && last ? next.rank - head.length - 1 : 0;
  if (places <= 0) return rows;
  return [...rows.slice(0, head.length), { places }, ...rows.slice(head.length)];
}

/** The next person ahead, whom one could catch up with. */
export function ahead(rows: (Row | Gap)[], own: Own): Row | null {
  const people = rows.filter((row): row is Row => "rank" in row);
  const at = people.findIndex((row) => row.user_id === own.id);
  const before = people.slice(0, Math.max(at, 0)).filter((row) => row.score > own.score);
  return before.at(-1) ?? null;
}
