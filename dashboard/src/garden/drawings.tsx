import type { ReactElement } from "react";

import type { Look, PlantForm } from "./looks";

/** A full-grown plant in a box of 120 by 140; `open` is how far its bloom is, 0 to 1. */
type Drawing = (look: Look, open: number) => ReactElement;

/** The y of the soil. */
export const BASE = 128;
const petals = (count: number, rx: number, ry: number, away: number, fill: string) =>
  Array.from({ length: count }, (_, n) => (
    <ellipse
      key={n}
      rx={rx}
      ry={ry}
      cy={-away}
      fill={fill}
      transform={`rotate(${(360 / count) * n})`}
    />
  ));

export const leaf = (x: number, y: number, turn: number, fill: string, size = 1) => (
  <path
    d="M0 0C6-10 20-12 28-6 22 4 10 8 0 0Z"
    fill={fill}
    transform={`translate(${x} ${y}) rotate(${turn}) scale(${size})`}
  />
);

const stem = (fill: string, top = 46) => (
  <path
    d={`M60 ${BASE}C58 100 61 80 60 ${top}`}
    stroke={fill}
    strokeWidth="4"
    strokeLinecap="round"
    fill="none"
  />
);

const at = (x: number, y: number, scale: number, what: ReactElement | ReactElement[]) => (
  <g transform={`translate(${x} ${y}) scale(${scale})`}>{what}</g>
);

const flower =
  (head: (look: Look) => ReactElement): Drawing =>
  (look, open) => (
    <>
      {stem(look.stem)}
      {leaf(60, 104, -18, look.leaf)}
      {leaf(60, 92, 200, look.leaf, 0.9)}
      {at(60, 42, open, head(look))}
    </>
  );

const crown = (spots: [number, number, number][], fill: string) =>
  spots.map(([x, y, r], n) => <circle key={n} cx={x} cy={y} r={r} fill={fill} />);

export const DRAWINGS: Record<PlantForm, Drawing> = {
  rose: flower(({ bloom, heart }) => (
    <>
      <circle r="20" fill={bloom} />
      <path d="M-20 0a20 20 0 0 0 40 0c-8 8-32 8-40 0Z" fill={heart} opacity=".55" />
      <path
        d="M-9-3c2-9 16-9 18 0 1 8-10 11-13 4-1-4 4-7 7-4"
        fill="none"
        stroke={heart}
        strokeWidth="3"
      />
    </>
  )),
  tulip: flower(({ bloom, heart }) => (
    <>
      <path d="M-18-14C-20 10-10 20 0 20S20 10 18-14L8-2 0-22-8-2Z" fill={bloom} />
      <path d="M0-22C-8-8-8 8 0 20 8 8 8-8 0-22Z" fill={heart} />
    </>
  )),
  daisy: flower(({ bloom, heart }) => (
    <>
      {petals(14, 5, 12, 17, bloom)}
      <circle r="10" fill={heart} />
    </>
  )),
  lily: flower(({ bloom, heart }) => (
    <>
      {petals(6, 7, 19, 14, bloom)}
      {petals(6, 1.4, 9, 9, heart)}
      <circle r="4" fill={heart} />
    </>
  )),
  orchid: (look, open) => (
    <>
      <path
        d={`M60 ${BASE}C56 96 62 60 88 40`}
        stroke={look.stem}
        strokeWidth="3.5"
        fill="none"
        strokeLinecap="round"
      />
      {leaf(58, 124, -28, look.leaf, 1.1)}
      {leaf(60, 124, 208, look.leaf, 1.1)}
      {[
        [64, 74, 0.7],
        [74, 54, 0.85],
        [90, 40, 1],
      ].map(([x, y, size], n) => (
        <g key={n} transform={`translate(${x} ${y}) scale(${(size ?? 1) * open})`}>
          {petals(5, 6, 10, 9, look.bloom)}
          <path d="M-5 2c0 10 10 10 10 0Z" fill={look.heart} />
        </g>
      ))}
    </>
  ),
  spike: (look, open) => (
    <>
      {[-16, 0, 16].map((lean) => (
        <g key={lean} transform={`rotate(${lean} 60 ${BASE})`}>
          {stem(look.stem, 40)}
          {[44, 54, 64, 74].map((y, n) => (
            <ellipse
              key={y}
              cx="60"
              cy={y}
              rx={(5 + n) * open}
              ry={6 * open}
              fill={n % 2 ? look.heart : look.bloom}
            />
          ))}
          {leaf(60, 110, -40, look.leaf, 0.6)}
          {leaf(60, 108, 220, look.leaf, 0.6)}
        </g>
      ))}
    </>
  ),
  fern: (look) => (
    <>
      {[-38, -19, 0, 19, 38].map((lean) => (
        <g key={lean} transform={`rotate(${lean} 60 ${BASE})`}>
          <path d={`M60 ${BASE}V44`} stroke={look.stem} strokeWidth="2.5" />
          {[52, 64, 76, 88, 100].map((y, n) => (
            <path
              key={y}
              d={`M60 ${y}l${-9 - n * 1.6} -6M60 ${y}l${9 + n * 1.6} -6`}
              stroke={look.leaf}
              strokeWidth="5"
              strokeLinecap="round"
            />
          ))}
        </g>
      ))}
    </>
  ),
  mint: (look, open) => (
    <>
      {[-14, 14].map((lean) => (
        <g key={lean} transform={`rotate(${lean} 60 ${BASE})`}>
          {stem(look.stem, 52)}
          {[112, 94, 76, 60].map((y, n) => (
            <g key={y}>
              {leaf(60, y, -12, look.leaf, 0.85 - n * 0.1)}
              {leaf(60, y, 192, look.leaf, 0.85 - n * 0.1)}
            </g>
          ))}
          <circle cx="60" cy="48" r={6 * open} fill={look.bloom} />
        </g>
      ))}
    </>
  ),
  cactus: (look, open) => (
    <>
      <path d="M46 128V60a14 14 0 0 1 28 0V128Z" fill={look.leaf} />
      <path
        d="M38 72v14q0 10 12 10M82 64v18q0 10-12 10"
        stroke={look.leaf}
        strokeWidth="11"
        strokeLinecap="round"
        fill="none"
      />
      <path d="M54 118V54M66 118V54" stroke={look.stem} strokeWidth="2" strokeDasharray="2 7" />
      {at(60, 40, open, petals(6, 4.5, 8, 6, look.bloom))}
      <circle cx="60" cy="40" r={4 * open} fill={look.heart} />
    </>
  ),
  bamboo: (look) => (
    <>
      {[44, 60, 76].map((x, n) => (
        <g key={x}>
          <path d={`M${x} ${BASE}V${30 + n * 10}`} stroke={look.stem} strokeWidth="9" />
          {[52, 74, 96, 116].map((y) => (
            <path key={y} d={`M${x - 5} ${y}h10`} stroke={look.heart} strokeWidth="2.5" />
          ))}
          {leaf(x, 54 + n * 8, n === 0 ? 200 : -20, look.leaf, 0.7)}
          {leaf(x, 78 - n * 4, n === 2 ? -10 : 190, look.leaf, 0.6)}
        </g>
      ))}
    </>
  ),
  lotus: (look, open) => (
    <>
      <ellipse cx="60" cy="122" rx="50" ry="9" fill="#7fb8d6" opacity=".5" />
      <ellipse cx="34" cy="118" rx="20" ry="6" fill={look.leaf} />
      <ellipse cx="90" cy="120" rx="18" ry="5" fill={look.leaf} />
      <path d="M60 120V92" stroke={look.stem} strokeWidth="4" />
      {at(
        60,
        92,
        open,
        [-70, -42, -14, 14, 42, 70].map((turn) => (
          <path
            key={turn}
            d="M0 6C-14-10-8-32 0-40 8-32 14-10 0 6Z"
            fill={look.bloom}
            stroke={look.heart}
            strokeWidth=".8"
            transform={`rotate(${turn})`}
          />
        )),
      )}
      <circle cx="60" cy="88" r={6 * open} fill={look.heart} />
    </>
  ),
  tree: (look, open) => (
    <>
      <path d="M56 128c2-20 2-34-2-52h12c-3 18-3 32-1 52Z" fill={look.stem} />
      <path d="M60 92 40 70M60 88l22-20" stroke={look.stem} strokeWidth="5" strokeLinecap="round" />
      {crown(
        [
          [36, 62, 20],
          [84, 60, 20],
          [60, 46, 26],
          [48, 72, 16],
          [74, 74, 16],
        ],
        look.leaf,
      )}
      {crown(
        [
          [44, 50, 7 * open],
          [72, 44, 8 * open],
          [82, 66, 6 * open],
          [56, 66, 6 * open],
          [34, 66, 5 * open],
        ],
        look.bloom,
      )}
      {crown(
        [
          [62, 34, 4 * open],
          [50, 62, 3 * open],
          [76, 56, 3 * open],
        ],
        look.heart,
      )}
    </>
  ),
  bonsai: (look) => (
    <>
      <path d="M34 128h52l-6-14H40Z" fill="#5c6f8a" />
      <path
        d="M58 114c-14-16 20-22 6-44"
        stroke={look.stem}
        strokeWidth="8"
        fill="none"
        strokeLinecap="round"
      />
      <path
        d="M62 92c12-2 16-8 22-12"
        stroke={look.stem}
        strokeWidth="5"
        fill="none"
        strokeLinecap="round"
      />
      {[
        [62, 62, 26, 12],
        [88, 80, 18, 9],
        [38, 84, 17, 9],
      ].map(([x, y, rx, ry], n) => (
        <g key={n}>
          <ellipse cx={x} cy={y} rx={rx} ry={ry} fill={look.leaf} />
          <ellipse
            cx={x}
            cy={(y ?? 0) - 3}
            rx={(rx ?? 0) * 0.7}
            ry={(ry ?? 0) * 0.55}
            fill={look.bloom}
          />
        </g>
      ))}
    </>
  ),
  wisteria: (look, open) => (
    <>
      <path
        d="M58 128c-6-30 10-40 2-70"
        stroke={look.stem}
        strokeWidth="8"
        fill="none"
        strokeLinecap="round"
      />
      <path
        d="M20 52q40-26 80 0"
        stroke={look.stem}
        strokeWidth="5"
        fill="none"
        strokeLinecap="round"
      />
      {crown(
        [
          [30, 46, 12],
          [52, 38, 14],
          [74, 40, 14],
          [92, 48, 11],
        ],
        look.leaf,
      )}
      {[24, 42, 78, 96].map((x, n) => (
        <g key={x}>
          {[0, 1, 2, 3].map((step) => (
            <circle
              key={step}
              cx={x}
              cy={56 + step * 10}
              r={(7 - step * 1.4) * open}
              fill={(step + n) % 2 ? look.bloom : look.heart}
            />
          ))}
        </g>
      ))}
    </>
  ),
  baobab: (look) => (
    <>
      <path
        d="M42 128c6-18 4-42-2-56l10 8 4-18 8 16 8-18 4 18 10-8c-8 16-8 40 0 58Z"
        fill={look.stem}
      />
      {crown(
        [
          [34, 62, 12],
          [52, 50, 14],
          [72, 50, 14],
          [88, 62, 12],
        ],
        look.leaf,
      )}
      {crown(
        [
          [46, 46, 7],
          [70, 44, 8],
          [84, 58, 6],
        ],
        look.bloom,
      )}
    </>
  ),
  world: (look, open) => (
    <>
      <path d="M44 128c10-8 12-30 8-52h16c-4 22-2 44 8 52Z" fill={look.stem} />
      <path
        d="M60 84 30 56M60 80l30-26M60 90V40"
        stroke={look.stem}
        strokeWidth="6"
        strokeLinecap="round"
      />
      {crown(
        [
          [28, 52, 20],
          [92, 50, 20],
          [60, 32, 26],
          [44, 66, 16],
          [78, 66, 16],
        ],
        look.leaf,
      )}
      {crown(
        [
          [36, 40, 9],
          [82, 38, 9],
          [60, 54, 10],
        ],
        look.heart,
      )}
      {crown(
        [
          [28, 56, 3.4 * open],
          [50, 26, 3.4 * open],
          [72, 22, 3 * open],
          [92, 46, 3.4 * open],
          [62, 44, 3 * open],
          [78, 64, 3 * open],
        ],
        look.bloom,
      )}
      <circle
        cx="60"
        cy="40"
        r={46 * open}
        fill="none"
        stroke={look.bloom}
        strokeWidth="1.2"
        strokeDasharray="1 9"
        strokeLinecap="round"
      />
    </>
  ),
};
