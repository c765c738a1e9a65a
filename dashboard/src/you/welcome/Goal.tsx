import { useChangePlan } from "../../queries/plan";
import { text } from "../../text";
import { StepHead } from "./StepHead";

const words = text.welcome.goal;
const GOALS = [25, 60, 120, 240];

/** The goal of a day: a tap chooses it and goes on. */
export function Goal({ onDone }: { onDone: () => void }) {
  const change = useChangePlan();
  const choose = (daily_min: number) => {
    change.mutate({ daily_min });
    onDone();
  };
  return (
    <>
      <StepHead title={words.title} lead={words.lead} />
      <div className="welcome-goals">
        {GOALS.map((minutes, n) => (
          <button key={minutes} type="button" onClick={() => choose(minutes)}>
            <svg viewBox="0 0 36 36" aria-hidden="true">
              <circle cx="18" cy="18" r="14" />
              <circle
                cx="18"
                cy="18"
                r="14"
                pathLength="100"
                strokeDasharray={`${[20, 45, 70, 100][n] ?? 100} 100`}
                transform="rotate(-90 18 18)"
              />
            </svg>
            <strong>{words.of(minutes)}</strong>
            <span className="soft">{words.kinds[n]}</span>
          </button>
        ))}
      </div>
    </>
  );
}
