import { Link } from "wouter";

import type { Schemas } from "../../api/client";
import { text } from "../../text";
import { Ring } from "../timer/Ring";

const words = text.done;

type Props = {
  today: Schemas["TodayStats"];
  credit: number;
  /** False while the figures are those from before the end. */
  closes: boolean;
};

/** The goal of the day, whose ring goes on by what the session brought. */
export function GoalRing({ today, credit, closes }: Props) {
  const { goal_min: goal, met } = today;
  const told = today.focus_min + today.manual_min;
  if (goal === null) {
    return (
      <p>
        <strong>{words.noGoal(told)}</strong>
        <Link className="lesser" to="/settings">
          {words.setGoal}
        </Link>
      </p>
    );
  }
  const before = closes ? Math.max(0, told - credit) : told;
  return (
    <>
      <div className="goal-ring" data-met={met || undefined}>
        <Ring
          key={String(closes)}
          share={Math.min(1, told / goal)}
          from={Math.min(1, before / goal)}
          radius={22}
          width={6}
          className="ring"
        />
        {met && (
          <svg viewBox="0 0 16 16" className="met" aria-hidden="true">
            <path d="m4 8.500 2.700 2.700L12 5.600" />
          </svg>
        )}
      </div>
      <p>
        <strong>{met ? words.goalMet : words.goal}</strong>
        <span className="lesser">{words.goalOf(told, goal)}</span>
      </p>
    </>
  );
}
