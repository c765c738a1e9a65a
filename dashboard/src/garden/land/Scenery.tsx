import { memo, useId } from "react";

import { BASE, discs } from "../species/strokes";
import { chance, mixed } from "./colour";
import type { Mood } from "./mood";
import type { Ground, Plot, Size } from "./plots";

/** A line of hills: a few long waves, the same for the same seed. */
export function ridge(
  { width }: Pick<Size, "width">,
  bottom: number,
  y: number,
  rise: number,
  seed: number,
  from = 0,
): string {
  const steps = Math.max(12, Math.round(width / 36));
  const points = Array.from({ length: steps + 1 }, (_, n) => {
    const x = (width / steps) * n;
    const at = from + x;
    const wave = Math.sin(at / 170 + seed) + 0.5 * Math.sin(at / 71 + seed * 2.3);
    return `${x.toFixed(1)} ${(y - (rise * (wave + 1.5)) / 3).toFixed(1)}`;
  });
  return `M0 ${bottom}L${points.join("L")}L${width} ${bottom}Z`;
}

/** The front edge of a terrace. */
const terrace = ({ width, height }: Size, top: number, n: number) =>
  `M0 ${top + 9}C${width * 0.22} ${top - 10 - (n % 2) * 5} ${width * 0.42} ${top + 12} ${width * 0.6} ${top + 2}S${width * 0.88} ${top - 8} ${width} ${top + (n % 2 ? 4 : 11)}V${height}H0Z`;

const WOOD_COLOURS: Record<Mood["woods"], string[]> = {
  snowy: ["#7f9ea3", "#90adb3", "#e9f1f5"],
  bare: ["#8f9f8e", "#7c8f80", "#a3ad9a"],
  budding: ["#8fb78a", "#a8c890", "#79a57b"],
  blossom: ["#f6bfd0", "#fbd7e2", "#82ba83"],
  green: ["#57a065", "#6db374", "#479059"],
  turning: ["#a9ac55", "#d4a945", "#7fa05a"],
  autumn: ["#d9762f", "#e8a03d", "#b9532a"],
};

function Woods({ size, horizon, mood }: { size: Size; horizon: number; mood: Mood }) {
  const count = Math.round(size.width / 26);
  const own = WOOD_COLOURS[mood.woods].map((colour) =>
    mood.isNight ? mixed(colour, "#14243a", 0.66) : mixed(colour, mood.near, 0.18),
  );
  const trunk = mood.isNight ? "#1a2431" : mixed("#6b5140", mood.near, 0.3);
  return Array.from({ length: count }, (_, n) => {
    const [a, b, c] = [chance(`wood ${n}`), chance(`tall ${n}`), chance(`kind ${n}`)];
    // Woods stand in groups, and leave the meadow of the house free.
    const x = (size.width / count) * (n + a);
    if (Math.abs(x / size.width - 0.2) < 0.1 || chance(`gap ${Math.floor(n / 4)}`) < 0.28)
      return null;
    const h = 15 + 21 * b;
    const y = horizon + 9 - 7 * c;
    const colour = own[Math.floor(c * 3)] as string;
    const isConifer = c > (mood.woods === "snowy" ? 0.3 : 0.68);
    const isLeafless = !isConifer && (mood.woods === "bare" || mood.woods === "snowy");
    return (
      <g key={n} transform={`translate(${x} ${y})`}>
        <path d={`M0 0V${-h * 0.55}`} stroke={trunk} strokeWidth="2.4" />
        {isConifer ? (
          <>
            <path
              d={`M${-h * 0.32} ${-h * 0.16}L0 ${-h * 0.8} ${h * 0.32} ${-h * 0.16}ZM${-h * 0.24} ${-h * 0.48}L0 ${-h * 1.12} ${h * 0.24} ${-h * 0.48}Z`}
              fill={mood.woods === "autumn" || mood.woods === "blossom" ? own[2] : own[0]}
            />
            {mood.woods === "snowy" && (
              <path
                d={`M${-h * 0.13} ${-h * 0.78}L0 ${-h * 1.12} ${h * 0.13} ${-h * 0.78}Q0 ${-h * 0.68} ${-h * 0.13} ${-h * 0.78}Z`}
                fill={own[2]}
              />
            )}
          </>
        ) : isLeafless ? (
          <path
            d={`M0 ${-h * 0.5}L${-h * 0.22} ${-h * 0.86}M0 ${-h * 0.56}L${h * 0.2} ${-h * 0.92}M0 ${-h * 0.5}V${-h}M${-h * 0.12} ${-h * 0.7}l${-h * 0.14} ${-h * 0.04}`}
            stroke={trunk}
            strokeWidth="1.6"
            strokeLinecap="round"
          />
        ) : (
          <g
            dangerouslySetInnerHTML={{
              __html: discs(
                [
                  [-h * 0.2, -h * 0.56, h * 0.28],
                  [h * 0.2, -h * 0.58, h * 0.28],
                  [0, -h * 0.82, h * 0.32],
                ],
                colour,
              ),
            }}
          />
        )}
      </g>
    );
  });
}

/** A house at the edge of the wood: somebody lives here. */
function House({ x, y, mood }: { x: number; y: number; mood: Mood }) {
  const shade = (colour: string) => (mood.isNight ? mixed(colour, "#14243a", 0.55) : colour);
  const snowy = mood.woods === "snowy";
  return (
    <g transform={`translate(${x} ${y})`}>
      <path d="M30-26v-17h8v22Z" fill={shade("#a0705a")} />
      <path d="M-26 0v-24L0-46 44-46 60-24V0Z" fill={shade("#f3e4cf")} />
      <path d="M-26-24 0-46 22-24V0H-26Z" fill={shade("#fbf1e2")} />
      <path
        d="M-33-20-2-50 46-50 68-20 20-20-2-41-27-17Z"
        fill={shade(snowy ? "#eef4f8" : "#c56a4c")}
      />
      <path d="M-7 0v-16q6-7 12 0V0Z" fill={shade("#8a5a3c")} />
      {["M-20-19h8v8h-8Z", "M32-15h9v8h-9Z", "M46-15h6v8h-6Z"].map((d) => (
        <path key={d} d={d} fill={mood.isNight ? "#ffd873" : "#9cc4d8"} />
      ))}
      {mood.isNight && <circle cx="36" cy="-11" r="22" fill="#ffd873" opacity=".14" />}
      {(snowy || mood.isNight || mood.season === "autumn") && (
        <g className="smoke" fill={mood.isNight ? "#8d9bbd" : "#ffffff"}>
          <circle cx="35" cy="-50" r="4" opacity=".6" />
          <circle cx="39" cy="-59" r="5.5" opacity=".45" />
          <circle cx="46" cy="-70" r="7" opacity=".3" />
        </g>
      )}
      <path
        d="M-66 2h36M-62 4v-12M-52 4v-12M-42 4v-12M-33 4v-12M-66-5h36"
        stroke={shade(snowy ? "#b9a998" : "#c9ab86")}
        strokeWidth="2.4"
        strokeLinecap="round"
        fill="none"
      />
    </g>
  );
}

function Sky({ size, mood, horizon }: { size: Size; mood: Mood; horizon: number }) {
  const [x, y] = [size.width * 0.76, horizon * 0.4];
  return (
    <>
      {mood.isNight &&
        Array.from({ length: Math.round(size.width / 15) }, (_, n) => (
          <circle
            key={n}
            cx={size.width * chance(`star ${n}`)}
            cy={horizon * 0.92 * chance(`high ${n}`)}
            r={0.6 + 1.1 * chance(`bright ${n}`) ** 3}
            fill="#ffffff"
            opacity={0.35 + 0.6 * chance(`shine ${n}`)}
          />
        ))}
      <circle
        cx={x}
        cy={y}
        r={horizon * 0.3}
        fill={mood.sun}
        opacity={mood.isNight ? 0.07 : 0.26}
      />
      <circle cx={x} cy={y} r={horizon * 0.2} fill={mood.sun} opacity={mood.isNight ? 0.1 : 0.42} />
      <circle cx={x} cy={y} r={horizon * 0.115} fill={mood.sun} />
      {mood.isNight && (
        <circle
          cx={x - horizon * 0.045}
          cy={y - horizon * 0.03}
          r={horizon * 0.1}
          fill={mood.sky[0]}
          opacity=".82"
        />
      )}
      {!mood.isNight &&
        [
          [0.12, 0.24, 1.1],
          [0.5, 0.16, 0.8],
          [0.88, 0.52, 0.9],
        ].map(([at = 0, high = 0, scale = 1], n) => (
          <g key={n} className="cloud" style={{ animationDuration: `${70 + n * 24}s` }}>
            <path
              d="M-46 12a15 15 0 0 1 6-29 25 25 0 0 1 45-8 19 19 0 0 1 33 11 14 14 0 0 1 2 26Z"
              transform={`translate(${size.width * at} ${horizon * high + 22}) scale(${scale})`}
              fill="#ffffff"
              opacity=".72"
            />
          </g>
        ))}
    </>
  );
}

type Props = {
  size: Size;
  ground: Ground;
  mood: Mood;
  /** The days with a plant, which are dug. */
  dug: ReadonlySet<number>;
  today: number | null;
};

/** Everything of a landscape that nobody can touch. */
export const Scenery = memo(function Scenery({ size, ground, mood, dug, today }: Props) {
  const id = useId();
  const { width, height } = size;
  const { horizon, rows, plots } = ground;
  const tone = (n: number) => mixed(mood.back, mood.front, n / Math.max(1, rows.length - 1));
  const soil = (plot: Plot) =>
    mixed(
      mood.isNight ? "#2b2a35" : "#9a7554",
      mood.back,
      mood.woods === "snowy" ? 0.4 : 0.14 + 0.2 * (1 - plot.scale),
    );
  const ink = mood.isNight ? "#d9e4f2" : "#20352a";
  return (
    <svg
      className="scenery"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
    >
      <linearGradient id={id} x1="0" y1="0" x2="0" y2="1">
        <stop offset="0" stopColor={mood.sky[0]} />
        <stop offset="1" stopColor={mood.sky[1]} />
      </linearGradient>
      <rect width={width} height={horizon + 30} fill={`url(#${id})`} />
      <Sky size={size} mood={mood} horizon={horizon} />
      <path d={ridge(size, height, horizon - 34, horizon * 0.3, 1.2)} fill={mood.far} />
      <path d={ridge(size, height, horizon - 8, horizon * 0.2, 4.1)} fill={mood.mid} />
      <path d={ridge(size, height, horizon + 10, horizon * 0.09, 2.6)} fill={mood.near} />
      <Woods size={size} horizon={horizon} mood={mood} />
      <House x={width * 0.2} y={horizon + 3} mood={mood} />
      {rows.map((row, n) => (
        <g key={n}>
          <path
            d={terrace(size, row.top, n)}
            fill={mixed(tone(n), mood.isNight ? "#060c16" : "#2f4a2e", 0.13)}
          />
          <path d={terrace(size, row.top + 3 + 2 * row.scale, n)} fill={tone(n)} />
        </g>
      ))}
      {rows.flatMap((row, n) =>
        Array.from({ length: Math.round(width / 52) }, (_, k) => {
          const [a, b, c] = [
            chance(`tuft ${n} ${k}`),
            chance(`y ${n} ${k}`),
            chance(`c ${n} ${k}`),
          ];
          const [x, y] = [
            width * ((k + a) / Math.round(width / 52)),
            row.top + 16 + b * 52 * row.scale,
          ];
          const speck = mood.specks[Math.floor(c * mood.specks.length)];
          return (
            <g
              key={`${n} ${k}`}
              transform={`translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${row.scale.toFixed(2)})`}
            >
              <path
                d="M-5 0Q-6-5-9-8M0 0V-10M5 0Q6-6 8-8"
                stroke={mixed(
                  tone(n),
                  mood.isNight ? "#0a1626" : "#2f6b3f",
                  mood.woods === "snowy" ? 0.16 : 0.34,
                )}
                strokeWidth="1.8"
                strokeLinecap="round"
                fill="none"
              />
              {speck !== undefined && c > 0.4 && <circle cy="-11" r="2.6" fill={speck} />}
            </g>
          );
        }),
      )}
      {plots.map((plot) => {
        const [rx, ry] = [plot.width * 0.4, plot.width * 0.4 * 0.26];
        const isToday = plot.day === today;
        return (
          <g key={plot.day}>
            {dug.has(plot.day) && (
              <>
                <ellipse
                  cx={plot.x}
                  cy={plot.y + 2}
                  rx={rx + 2}
                  ry={ry + 2.5}
                  fill={mixed(soil(plot), mood.isNight ? "#000000" : "#3f2b1c", 0.28)}
                />
                <ellipse cx={plot.x} cy={plot.y} rx={rx} ry={ry} fill={soil(plot)} />
              </>
            )}
            {isToday && (
              <ellipse
                className="today"
                cx={plot.x}
                cy={plot.y}
                rx={rx + 7}
                ry={ry + 6}
                fill={
                  dug.has(plot.day)
                    ? "none"
                    : mixed(mood.front, "#ffffff", mood.isNight ? 0.08 : 0.3)
                }
                stroke={mood.isNight ? "#ffe08a" : "#ffffff"}
                strokeWidth="2.5"
                strokeDasharray="7 6"
                strokeLinecap="round"
              />
            )}
            <text
              x={plot.x}
              y={plot.y + ry + 15 * plot.scale}
              fontSize={Math.max(10, 12.5 * plot.scale)}
              fontWeight={isToday ? 600 : 500}
              textAnchor="middle"
              fill={ink}
              opacity={isToday ? 0.95 : dug.has(plot.day) ? 0.66 : 0.36}
            >
              {plot.day}
            </text>
          </g>
        );
      })}
      <Foreground size={size} mood={mood} />
    </svg>
  );
});

/** Blades at both corners, nearest to us: what lies behind them lies deep. */
function Foreground({ size: { width, height }, mood }: { size: Size; mood: Mood }) {
  const dark = mixed(mood.front, mood.isNight ? "#050d12" : "#1f4a2e", 0.5);
  const light = mixed(mood.front, mood.isNight ? "#0a1a1c" : "#2f6b3f", 0.34);
  return [0, 1].map((side) => (
    <g
      key={side}
      transform={side ? `translate(${width} ${height}) scale(-1 1)` : `translate(0 ${height})`}
    >
      {Array.from({ length: 9 }, (_, n) => {
        const [x, tall] = [n * 13 - 6, 66 - n * 5.5 + 18 * chance(`blade ${side} ${n}`)];
        const lean = 26 * (chance(`lean ${side} ${n}`) - 0.35);
        return (
          <path
            key={n}
            d={`M${x - 5} 4Q${x + lean * 0.2} ${-tall * 0.6} ${x + lean} ${-tall}Q${x + 5 + lean * 0.3} ${-tall * 0.5} ${x + 6} 4Z`}
            fill={n % 2 ? light : dark}
          />
        );
      })}
    </g>
  ));
}

/** The y of a plant's foot in its picture, as a share of its height. */
export const FOOT = BASE / 140;
