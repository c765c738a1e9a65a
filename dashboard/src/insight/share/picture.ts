/** The picture of a week as SVG text: seven days as plants, as tall as their minutes. */
import { calendarDay, duration } from "../../format";
import { text } from "../../text";
import { type Day, inAll, sum } from "../days";

export const WIDTH = 1200;
export const HEIGHT = 630;
const GROUND = 512;
/** The tallest plant, and the minutes below which it is not that tall. */
const TALL = 330;
const TALL_FROM = 90;
/** The room of the words beside the plants, and the width of a bold letter of size 1. */
const ROOM = 480;
const LETTER = 0.58;

const words = text.insight.picture;

export type Picture = {
  /** Seven days, Monday first; what is to come is not among them. */
  days: Day[];
  start: string;
  end: string;
  /** The streak, where the week is the one that runs; 0 to leave it out. */
  streak: number;
  isDark: boolean;
  /** Only what was chosen. */
  name?: string;
  link?: string;
};

const LIGHT = {
  sky: ["#bfe0f4", "#e9f3ee", "#fdf0dc"],
  sun: "#fff3c9",
  far: "#cfe4cd",
  ground: "#9cc79f",
  soil: "#5f8f6a",
  ink: "#17211b",
  soft: "#41524a",
  stem: "#2f7a51",
  leaf: "#3f9a66",
  blooms: ["#e8706a", "#f2a33c", "#f4cf4a", "#8f7be0", "#e27fb4", "#4aa8cc", "#ffffff"],
};
const DARK: typeof LIGHT = {
  sky: ["#0f1a30", "#1c3145", "#2d4a4c"],
  sun: "#f1ead0",
  far: "#1d3a33",
  ground: "#17302a",
  soil: "#0d1d19",
  ink: "#f1f6f1",
  soft: "#b9c8bf",
  stem: "#5fb585",
  leaf: "#7fd3a1",
  blooms: ["#f0857e", "#f5b455", "#f2d667", "#a795f0", "#ee95c4", "#6fc2e2", "#f4f7f4"],
};

const escaped = (words: string) =>
  words.replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);

/** Draw the week; what is not chosen is not in it, not even unseen. */
export function pictureOf(picture: Picture): string {
  const colours = picture.isDark ? DARK : LIGHT;
  const total = sum(picture.days);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" ` +
    `viewBox="0 0 ${WIDTH} ${HEIGHT}" direction="${text.dir}" ` +
    `font-family="Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif">` +
    sky(colours, picture.isDark) +
    garden(picture, colours) +
    said(picture, total, colours) +
    "</svg>"
  );
}

function sky({ sky: [above, middle, below], sun, far, ground }: typeof LIGHT, isDark: boolean) {
  const stars = [
    [120, 60],
    [330, 40],
    [520, 110],
    [700, 50],
    [860, 120],
    [1100, 70],
    [610, 170],
  ]
    .map(([x, y]) => `<circle cx="${x}" cy="${y}" r="2" fill="${sun}" opacity=".7"/>`)
    .join("");
  return (
    `<defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="${above}"/>` +
    `<stop offset=".6" stop-color="${middle}"/><stop offset="1" stop-color="${below}"/>` +
    `</linearGradient></defs><rect width="${WIDTH}" height="${HEIGHT}" fill="url(#sky)"/>` +
    (isDark ? stars : "") +
    `<circle cx="1050" cy="118" r="${isDark ? 38 : 58}" fill="${sun}"/>` +
    `<path d="M0 470C220 400 420 450 640 430S1040 380 1200 430V630H0Z" fill="${far}"/>` +
    `<path d="M0 520C260 480 460 510 700 500S1060 486 1200 500V630H0Z" fill="${ground}"/>`
  );
}

/** The place of a day's plant; time goes from left to right in every language. */
const placeOf = (n: number) => 612 + n * 84;

function garden({ days, start }: Picture, colours: typeof LIGHT): string {
  const most = Math.max(TALL_FROM, ...days.map(inAll));
  return Array.from({ length: 7 }, (_, n) => {
    const x = placeOf(n);
    const day = days[n];
    const date = new Date(Date.parse(`${start}T00:00:00Z`) + n * 86_400_000).toISOString();
    const weekday = calendarDay(date.slice(0, 10), { weekday: "short" });
    const grown =
      day && inAll(day) > 0
        ? plant(x, 46 + ((TALL - 46) * inAll(day)) / most, n, day, colours)
        : `<ellipse cx="${x}" cy="${GROUND}" rx="9" ry="5" fill="${colours.soil}"/>`;
    return (
      grown +
      `<text x="${x}" y="${GROUND + 42}" text-anchor="middle" font-size="21" font-weight="500" ` +
      `fill="${colours.ink}">${escaped(weekday)}</text>`
    );
  }).join("");
}

/** A stem with leaves and a bloom; what was told afterwards has a bloom of outlines alone. */
function plant(x: number, height: number, n: number, day: Day, colours: typeof LIGHT): string {
  const top = GROUND - height;
  const lean = (n % 2 === 0 ? 1 : -1) * Math.min(14, height / 12);
  const pairs = Math.max(1, Math.floor(height / 62));
  const leaves = Array.from({ length: pairs }, (_, pair) => {
    const y = GROUND - 26 - (pair * (height - 44)) / pairs;
    const size = 0.8 + 0.3 * (1 - pair / pairs);
    const leaf = (turn: number) =>
      `<path d="M0 0C10-16 30-18 42-8 33 8 14 12 0 0Z" fill="${colours.leaf}" ` +
      `transform="translate(${x} ${y}) rotate(${turn}) scale(${size})"/>`;
    return leaf(-22) + `<g transform="translate(${2 * x} 0) scale(-1 1)">${leaf(-22)}</g>`;
  }).join("");
  const bloom = colours.blooms[n % colours.blooms.length] ?? colours.leaf;
  const isTold = day.focus_min === 0;
  const size = Math.min(20, 10 + height / 26);
  const petals = Array.from({ length: 6 }, (_, petal) => {
    const paint = isTold
      ? `fill="none" stroke="${bloom}" stroke-width="3" stroke-dasharray="4 3"`
      : `fill="${bloom}"`;
    return (
      `<ellipse cy="${-size * 0.82}" rx="${size * 0.5}" ry="${size * 0.8}" ${paint} ` +
      `transform="rotate(${petal * 60})"/>`
    );
  }).join("");
  return (
    `<ellipse cx="${x}" cy="${GROUND + 2}" rx="24" ry="6" fill="${colours.soil}" opacity=".45"/>` +
    `<path d="M${x} ${GROUND}Q${x + lean} ${GROUND - height / 2} ${x} ${top}" fill="none" ` +
    `stroke="${colours.stem}" stroke-width="6" stroke-linecap="round"/>${leaves}` +
    `<g transform="translate(${x} ${top})">${petals}` +
    `<circle r="${size * 0.42}" fill="${isTold ? "none" : "#f7d774"}"/></g>`
  );
}

function said(picture: Picture, total: ReturnType<typeof sum>, colours: typeof LIGHT): string {
  const isRight = text.dir === "rtl";
  // The beginning of a line: with `direction: rtl` an anchor of "start" is its right end.
  const x = isRight ? 530 : 72;
  const line = (y: number, size: number, words: string, more = "") =>
    `<text x="${x}" y="${y}" font-size="${size}" fill="${colours.ink}" ${more}>${escaped(words)}</text>`;
  const soft = `fill-opacity=".8"`;
  const bold = `font-weight="600" letter-spacing="-.02em"`;
  const dates = new Intl.DateTimeFormat(text.locale, {
    day: "numeric",
    month: "long",
    timeZone: "UTC",
  }).formatRange(Date.parse(picture.start), Date.parse(picture.end));
  const isEmpty = total.focus + total.told === 0;
  const figure = duration(total.focus);
  const lines = isEmpty
    ? [line(186, 64, words.empty, bold), line(244, 26, words.quiet, soft)]
    : [
        line(202, Math.min(92, ROOM / (LETTER * figure.length)), figure, bold),
        ...[
          words.sessions(total.sessions),
          ...(total.told > 0 ? [words.told(duration(total.told))] : []),
          ...(picture.streak > 1 ? [words.streak(picture.streak)] : []),
          ...(total.best && total.focus > 0
            ? [
                words.best(
                  calendarDay(total.best.date, { weekday: "long" }),
                  duration(inAll(total.best)),
                ),
              ]
            : []),
        ].map((words, n) => line(256 + n * 38, 27, words, soft)),
      ];
  const who = [picture.name, picture.link].filter((one) => one !== undefined && one !== "");
  return (
    line(92, 27, `${words.heading} · ${dates}`, `font-weight="500"`) +
    lines.join("") +
    line(592, 23, [...who, words.by].join(" · "), `font-weight="500"`)
  );
}
