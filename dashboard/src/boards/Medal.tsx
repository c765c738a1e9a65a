import { number } from "../format";
import { text } from "../text";

/** The medal of the first three, in a metal and with its place in it. */
export function Medal({ rank }: { rank: number }) {
  const metal = ["gold", "silver", "bronze"][rank - 1] ?? "";
  return (
    <span className={`medal ${metal}`}>
      <svg viewBox="0 0 32 36" width="30" height="34" aria-hidden="true">
        <path className="ribbon" d="M9 2h6l3 12-6 2zM23 2h-6l-3 12 6 2z" />
        <circle className="disc" cx="16" cy="22" r="12" />
        <circle className="rim" cx="16" cy="22" r="9.500" />
        <text x="16" y="26.500" textAnchor="middle">
          {number(rank)}
        </text>
      </svg>
      <span className="visually-hidden">
        {number(rank)} {text.boards.medals[rank - 1]}
      </span>
    </span>
  );
}
