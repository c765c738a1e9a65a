import { text } from "../../text";

/** The rounds up to the long break, as dots: those that are done, and the next one. */
export function Rounds({ round, rounds }: { round: number; rounds: number }) {
  return (
    <p className="rounds">
      {Array.from({ length: rounds }, (_, n) => (
        <i key={n} data-is={n + 1 < round ? "done" : n + 1 === round ? "next" : undefined} />
      ))}
      <span>{text.today.break.round(round, rounds)}</span>
    </p>
  );
}
