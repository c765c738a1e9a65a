import type { CSSProperties } from "react";

const PETALS = Array.from({ length: 18 }, (_, n) => {
  const turn = (n / 18) * 2 * Math.PI + (n % 3) * 0.2;
  const far = 26 + ((n * 37) % 19);
  return {
    "--x": `${(Math.cos(turn) * far).toFixed(1)}cqi`,
    "--y": `${(Math.sin(turn) * far * 0.8 - 6).toFixed(1)}cqi`,
    "--turn": `${(n * 67) % 360}deg`,
    "--wait": `${(n % 4) * 35}ms`,
  } as CSSProperties;
});

/** Petals that fly up once with the bloom; nobody sees them under reduced motion. */
export function Petals() {
  return (
    <div className="petals" aria-hidden="true">
      {PETALS.map((style, n) => (
        <i key={n} style={style} />
      ))}
    </div>
  );
}
