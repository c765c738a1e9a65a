import { chance } from "./colour";
import type { Falling } from "./mood";

/** What falls this month: a few flakes, petals or leaves, which stand still for who asks so. */
export function Weather({ falling }: { falling: Falling }) {
  if (falling === null) return null;
  return (
    <div className={`weather ${falling}`} aria-hidden="true">
      {Array.from({ length: falling === "snow" ? 26 : 12 }, (_, n) => {
        const long = 9 + 9 * chance(`long ${n}`);
        return (
          <i
            key={n}
            style={{
              insetInlineStart: `${100 * chance(`at ${n}`)}%`,
              insetBlockStart: `${-6 + 80 * chance(`high ${n}`)}%`,
              scale: String(0.6 + 0.7 * chance(`size ${n}`)),
              animationDuration: `${long}s`,
              animationDelay: `${-long * chance(`late ${n}`)}s`,
            }}
          />
        );
      })}
    </div>
  );
}
