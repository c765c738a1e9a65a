import { countdown } from "../../format";
import { useShortcut } from "../../parts/keys/shortcuts";
import { ErrorNotice } from "../../parts/notices/Feedback";
import { useTimeOfDay } from "../../parts/time/useTimeOfDay";
import { text } from "../../text";
import { useFocus } from "../context";
import { PendingStart } from "../start/PendingStart";
import { Ring } from "../timer/Ring";
import { Rounds } from "./Rounds";
import type { Phase } from "./ticked";

const words = text.today.break;

type Props = { phase: Phase; pause: NonNullable<Phase["break"]>; now: number };

/** The break: its countdown, and the next round by one tap. */
export function BreakView({ phase, pause, now }: Props) {
  const { again, next, skipBreak, starting, notStarted, auto } = useFocus();
  const timeOfDay = useTimeOfDay();
  useShortcut("s", text.keys.startOrEnd, starting ? null : () => again());
  useShortcut("b", text.keys.endBreak, skipBreak);
  const { over, kind } = pause;
  const endsAt = Date.parse(pause.ends_at);
  const whole = endsAt - Date.parse(pause.started_at);
  const left = Math.max(0, endsAt - now);
  const title = over
    ? kind === "short"
      ? words.shortOver
      : words.longOver
    : kind === "short"
      ? words.short
      : words.long;
  const hint = over
    ? words.overHint(phase.round, phase.rounds)
    : kind === "short"
      ? words.shortHint
      : words.longHint;
  const { minutes } = next;
  const act =
    minutes === null
      ? over
        ? words.startOpen
        : words.skipOpen
      : over
        ? words.start(minutes)
        : words.skip(minutes);
  return (
    <section className="card resting" aria-label={title}>
      <div className="dial">
        <Ring share={whole > 0 ? left / whole : 0} radius={140} width={8} className="ring" />
        <div className="reading">
          <h2>{title}</h2>
          {!over && (
            <p className="clock" role="timer">
              {countdown(left / 1000)}
            </p>
          )}
          <p className="soft">{over ? hint : words.until(timeOfDay(endsAt))}</p>
        </div>
      </div>
      <Rounds round={phase.round} rounds={phase.rounds} />
      {!over && <p className="soft">{hint}</p>}
      <p className="auto" role="status">
        {auto && (auto.isTouched ? words.auto(timeOfDay(endsAt)) : words.autoAway)}
      </p>
      {starting && <PendingStart />}
      <ErrorNotice error={notStarted} />
      <div className="row">
        <button
          type="button"
          className={over ? "button big" : "button plain big"}
          disabled={starting !== null}
          onClick={() => again()}
        >
          {starting ? text.focus.starting : act}
        </button>
        {auto ? (
          <button type="button" className="button plain big" onClick={auto.cancel}>
            {words.notNow}
          </button>
        ) : (
          <button type="button" className="button plain big" onClick={skipBreak}>
            {words.other}
          </button>
        )}
      </div>
    </section>
  );
}
