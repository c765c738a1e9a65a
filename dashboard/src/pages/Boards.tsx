import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";

import type { Schemas } from "../api/client";
import { duration } from "../format";
import { Unconfirmed } from "../links/Unconfirmed";
import { Choices } from "../parts/forms/Choices";
import { useTitle } from "../parts/title";
import { type Board, board, me, type Ranked, stats, useWays } from "../queries/queries";
import { Empty, QueryFallback } from "../parts/notices/Feedback";
import { text } from "../text";
import "../styles/boards.css";

const words = text.boards;
const KINDS = Object.keys(words.kinds) as Board[];
const CHOICES = KINDS.map((kind) => [kind, words.kinds[kind]] as const);

function shown(kind: Board, score: number): string {
  if (kind === "focus-time") return duration(score);
  if (kind === "streak") return text.days(score);
  return score.toLocaleString("en");
}

export default function Boards() {
  useTitle(`${words.title} · ${text.name}`);
  const [search, setSearch] = useSearchParams();
  const kind = KINDS.find((one) => one === search.get("by")) ?? "xp";
  const found = useQuery(board(kind));
  const profile = useQuery(me);
  const totals = useQuery(stats);
  const own = ownOf(kind, profile.data, totals.data);
  return (
    <>
      <div className="heading">
        <h1>{words.title}</h1>
        {found.data && found.data.total > 0 && (
          <p className="soft">{words.lead(found.data.total)}</p>
        )}
      </div>
      <Choices
        legend={words.title}
        unseen
        name="board"
        choices={CHOICES}
        chosen={kind}
        onChoose={(by) => setSearch({ by }, { replace: true })}
      />
      {own && !own.visible && <p className="notice">{words.hidden}</p>}
      <Unlisted user={profile.data} found={found.data} />
      {!(found.data && own) && <QueryFallback of={[found, profile, totals]} height={420} />}
      {found.data?.rows.length === 0 && own && (
        <Empty title={words.emptyTitle}>
          <p className="soft">{words.empty}</p>
        </Empty>
      )}
      {found.data && found.data.rows.length > 0 && own && (
        <Rows kind={kind} found={found.data} own={own} />
      )}
    </>
  );
}

type UnlistedProps = { user: Schemas["User"] | undefined; found: Ranked | undefined };

/** The notice of whoever stands on no board because their address is not confirmed. */
function Unlisted({ user, found }: UnlistedProps) {
  const isUnconfirmed = user?.email_verified === false;
  const ways = useWays(isUnconfirmed);
  if (!isUnconfirmed || !ways?.verification_required || !found) return null;
  // An account from before it was required stands there until that is made to hold for it.
  if (found.rows.some((row) => row.user_id === user.id)) return null;
  return (
    <Unconfirmed why={words.unconfirmed(user.pending_email ?? user.email)}>
      <Link className="button plain" to="/you">
        {words.toAddress}
      </Link>
    </Unconfirmed>
  );
}

type Own = { id: string; username: string; lvl: number; score: number; visible: boolean };

function ownOf(
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

function Rows({ kind, found, own }: { kind: Board; found: Ranked; own: Own }) {
  const isListed = found.rows.some((row) => row.user_id === own.id);
  const counts = new Map<number, number>();
  for (const { rank } of found.rows) counts.set(rank, (counts.get(rank) ?? 0) + 1);
  const row = (rank: number, name: string, lvl: number, score: number, mine: boolean) => (
    <>
      <td className="rank">
        {rank}
        {(counts.get(rank) ?? 0) > 1 && <span className="visually-hidden"> {words.tie}</span>}
        {(counts.get(rank) ?? 0) > 1 && <span aria-hidden="true">=</span>}
      </td>
      <th scope="row">
        {name}
        {mine && <span className="mine">{words.you}</span>}
      </th>
      <td className="number level">{lvl}</td>
      <td className="number">{shown(kind, score)}</td>
    </>
  );
  return (
    <section className="card board">
      <table>
        <thead>
          <tr>
            <th scope="col">{words.rank}</th>
            <th scope="col">{words.person}</th>
            <th scope="col" className="number level">
              {words.level}
            </th>
            <th scope="col" className="number">
              {words.kinds[kind]}
            </th>
          </tr>
        </thead>
        <tbody>
          {found.rows.map(({ user_id, rank, username, lvl, score }) => (
            <tr key={user_id} data-mine={user_id === own.id}>
              {row(rank, username, lvl, score, user_id === own.id)}
            </tr>
          ))}
        </tbody>
        {!isListed && found.ownRank !== null && (
          <tbody className="apart">
            <tr data-mine="true">{row(found.ownRank, own.username, own.lvl, own.score, true)}</tr>
          </tbody>
        )}
      </table>
      {found.ownRank === null && <p className="soft">{words.unranked}</p>}
    </section>
  );
}
