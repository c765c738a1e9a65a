import type { Schemas } from "../../api/client";
import { calendarDay } from "../../format";
import { text } from "../../text";
import { useMoments } from "../time";
import { OwnPicture } from "./OwnPicture";

const words = text.you;
/** The XP at which a level begins, as the service counts them. */
const xpOf = (level: number) => (level <= 1 ? 0 : 50 * level * level);
const number = (n: number) => new Intl.NumberFormat(text.locale).format(n);

/** Who one is here: the letter, the name, the level and what is left to the next one. */
export function Identity({ user }: { user: Schemas["User"] }) {
  const since = useMoments(user.timezone).date(Date.parse(user.created_at));
  const [from, to] = [xpOf(user.lvl), xpOf(user.lvl + 1)];
  return (
    <header className="identity">
      <OwnPicture user={user} />
      <div className="identity-name">
        <h1>
          <bdi>{user.username}</bdi>
        </h1>
        <p className="soft">{words.member(calendarDay(since, { dateStyle: "long" }))}</p>
      </div>
      <div className="identity-level">
        <p>
          <strong>{words.level(number(user.lvl))}</strong>
          <span className="soft">{words.xp(number(user.xp_points))}</span>
        </p>
        <div className="profile-bar" aria-hidden="true">
          <span style={{ width: `${(100 * (user.xp_points - from)) / (to - from)}%` }} />
        </div>
        <p className="soft">{words.toNext(number(to - user.xp_points), number(user.lvl + 1))}</p>
      </div>
    </header>
  );
}
