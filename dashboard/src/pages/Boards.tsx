import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "wouter";

import { isolated } from "../format";
import type { Schemas } from "../api/client";
import { Rows, shown } from "../boards/Rows";
import { ahead, type Own, ownOf, rowsOf } from "../boards/standing";
import { Unconfirmed } from "../links/Unconfirmed";
import { Empty, QueryFallback } from "../parts/notices/Feedback";
import { Tabs } from "../parts/tabs/Tabs";
import { useTitle } from "../parts/title";
import {
  type Board,
  board,
  boardAround,
  BOARD_HEAD,
  me,
  type Ranked,
  stats,
  useWays,
} from "../queries/queries";
import { text } from "../text";
import "../styles/boards.css";
import "../styles/labels.css";

const words = text.boards;
const KINDS = Object.keys(words.kinds) as Board[];
const TABS = KINDS.map((kind) => [kind, words.kinds[kind]] as const);

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
      {own && !own.visible && <p className="notice">{words.hidden}</p>}
      <Unlisted user={profile.data} found={found.data} />
      <Tabs
        label={words.title}
        tabs={TABS}
        chosen={kind}
        onChoose={(by) => setSearch({ by }, { replace: true })}
      >
        {!(found.data && own) && <QueryFallback of={[found, profile, totals]} height={420} />}
        {found.data?.rows.length === 0 && own && (
          <Empty title={words.emptyTitle}>
            <p className="soft">{words.empty}</p>
          </Empty>
        )}
        {found.data && found.data.rows.length > 0 && own && (
          <Standings kind={kind} found={found.data} own={own} />
        )}
      </Tabs>
    </>
  );
}

type StandingsProps = { kind: Board; found: Ranked; own: Own };

/** One's own place, and the board with the people around oneself. */
function Standings({ kind, found, own }: StandingsProps) {
  const rank = found.ownRank ?? 0;
  const isFar = rank > BOARD_HEAD && !found.rows.some((row) => row.user_id === own.id);
  const around = useQuery({ ...boardAround(kind, rank), enabled: isFar });
  const rows = rowsOf(found, isFar ? (around.data?.rows ?? []) : [], own);
  const next = ahead(rows, own);
  const gap = next && next.score - own.score;
  return (
    <>
      {found.ownRank !== null && (
        <p className="your-place" role="group" aria-label={words.yourPlace}>
          <strong>{words.placeOf(found.ownRank, Math.max(found.total, found.ownRank))}</strong>
          <span className="soft">
            {next && gap
              ? words.toNext(inWords(kind, gap), isolated(next.username))
              : words.isFirst}
          </span>
        </p>
      )}
      <Rows kind={kind} rows={rows} own={own}>
        {found.ownRank === null && <p className="soft">{words.unranked}</p>}
      </Rows>
    </>
  );
}

function inWords(kind: Board, score: number): string {
  if (kind === "xp") return words.xp(shown(kind, score));
  return kind === "sessions" ? words.sessionCount(score) : shown(kind, score);
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
