import { Plant } from "../garden/Plant";
import { text } from "../text";

const words = text.landing;

/** Plants of a month as they stand in a garden: species, growth stage, height in percent. */
const ROW: [string, number, number][] = [
  ["Tulip", 4, 46],
  ["Maple", 5, 100],
  ["Lavender", 5, 56],
  ["Sunflower", 5, 78],
  ["Fern", 3, 40],
  ["Cherry Blossom", 5, 92],
  ["Rose", 5, 54],
];
/** Minutes of the days of a week, in percent of the best one. */
const WEEK = [45, 70, 30, 100, 62, 85, 54];
const BOARD: [string, number, number][] = [
  ["mira", 5240, 100],
  ["you", 4815, 92],
  ["jonas", 4790, 91],
];

/** Three pictures of what comes of focus: decorations, each with its words beside it. */
export function Pictures() {
  return (
    <ul className="pictures">
      <li className="picture">
        <div className="picture-garden" aria-hidden="true">
          {ROW.map(([kind, stage, height]) => (
            <span key={kind} style={{ height: `${height}%` }}>
              <Plant kind={kind} stage={stage} label="" soil={false} />
            </span>
          ))}
        </div>
        <h2>{words.gardenTitle}</h2>
        <p>{words.garden}</p>
      </li>
      <li className="picture">
        <div className="picture-week" aria-hidden="true">
          {WEEK.map((height, day) => (
            <span key={day}>
              <i style={{ height: `${height}%` }} />
              <b />
            </span>
          ))}
        </div>
        <h2>{words.weekTitle}</h2>
        <p>{words.week}</p>
      </li>
      <li className="picture">
        <ol className="picture-board" aria-hidden="true">
          {BOARD.map(([name, xp, width], place) => (
            <li key={name} data-own={name === "you"}>
              <span className="place">{place + 1}</span>
              <span className="bar">
                <i style={{ inlineSize: `${width}%` }} />
                <bdi>{name === "you" ? words.you : name}</bdi>
              </span>
              <span className="xp">{words.number(xp)}</span>
            </li>
          ))}
        </ol>
        <h2>{words.proofTitle}</h2>
        <p>{words.proof}</p>
      </li>
    </ul>
  );
}
