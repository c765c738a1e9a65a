/** The look of a month: colours of sky and ground, what the trees bear, what falls. */
import { mixed } from "./colour";
import type { Hemisphere } from "./hemisphere";

export type Woods = "snowy" | "bare" | "budding" | "blossom" | "green" | "turning" | "autumn";
export type Falling = "snow" | "petals" | "seeds" | "leaves" | null;
export type Season = "winter" | "spring" | "summer" | "autumn";
/** Colours from above to the horizon, then of the hills and the ground, the nearest last. */
export type Mood = {
  season: Season;
  sky: [string, string];
  sun: string;
  far: string;
  mid: string;
  near: string;
  back: string;
  front: string;
  /** The colours of the small flowers in the grass. */
  specks: string[];
  woods: Woods;
  falling: Falling;
  isNight: boolean;
};

const month = (
  season: Season,
  colours: string,
  woods: Woods,
  falling: Falling,
  specks: string,
): Mood => {
  const [a = "", b = "", sun = "", far = "", mid = "", near = "", back = "", front = ""] = colours
    .split(" ")
    .map((hex) => `#${hex}`);
  const sky: [string, string] = [a, b];
  const flowers = specks === "" ? [] : specks.split(" ").map((hex) => `#${hex}`);
  return {
    season,
    sky,
    sun,
    far,
    mid,
    near,
    back,
    front,
    specks: flowers,
    woods,
    falling,
    isNight: false,
  };
};

/** January to December, as the north sees them. */
// prettier-ignore
const MONTHS: Mood[] = [
  month("winter", "bcd3ea f3eff3 fff6dd c9d5e6 b3c5d8 9cb3c4 dfe8f0 f4f8fb", "snowy", "snow", ""),
  month("winter", "bfd7ea f8efe6 fff0cf c5d1df b0c2c9 9ab3ad dbe5df cfdec6", "bare", "snow", "ffffff"),
  month("spring", "b4daf2 f5f5e4 fff3c4 bacfe3 a8c5b6 8eb791 b9d69d 9dc97f", "budding", null, "ffffff c9a5f0 ffe066"),
  month("spring", "a9daf8 fdeef2 fff1c9 bdd1ec a6cdb7 8cc28e b4de93 8fcc73", "blossom", "petals", "ffffff ffc2d6 ffe066"),
  month("spring", "9bd8f9 ecf8ee fff4c0 b1cfec 93caae 74bb80 a6dc84 7ac563", "green", "petals", "ffffff ffd43b ff8fab"),
  month("summer", "88d1fa e8f7f0 fff3b0 a7caec 86c3a2 63af73 9cd779 6cbb5a", "green", "seeds", "ffffff ffd43b b197fc"),
  month("summer", "7fcdfa fff3d8 ffe893 a9c8e6 92bf92 6cab66 bcd974 86bb52", "green", "seeds", "ff6b6b ffd43b 74c0fc"),
  month("summer", "93cef2 ffeac6 ffe08a b3c4de a5bc8b 85a761 dbd37f b3bb5a", "green", "seeds", "ff6b6b 748ffc ffffff"),
  month("autumn", "a8d2ec ffe4c2 ffdf9a bac1da b5b584 9fa05b d8cf81 a9b65d", "turning", "leaves", "b197fc ffffff"),
  month("autumn", "b3cde4 ffd9b8 ffd58f b8b6ce ba9f84 b0804c d2b871 a89b52", "autumn", "leaves", "b197fc e8590c"),
  month("autumn", "b0c6e2 ffe1cc ffdca0 b3b9d4 aba3a4 968f6f d2c88a a3ac60", "autumn", "leaves", "e8590c"),
  month("winter", "b2c4e4 fae2e0 ffe9cf bccce2 a7bbd0 8ca7b6 dfe8f1 f3f7fb", "snowy", "snow", ""),
];

const NIGHT = { sky: "#0b1430", land: "#14243a" };

/** The month as it is at night: the same place under the moon. */
function atNight(mood: Mood): Mood {
  const land = (colour: string, share: number) => mixed(colour, NIGHT.land, share);
  return {
    ...mood,
    isNight: true,
    sky: [mixed(mood.sky[0], NIGHT.sky, 0.9), mixed(mood.sky[1], "#31406b", 0.76)],
    sun: "#f6f1da",
    far: land(mood.far, 0.76),
    mid: land(mood.mid, 0.76),
    near: land(mood.near, 0.74),
    back: mixed(mood.back, "#12343a", 0.6),
    front: mixed(mood.front, "#0f3a33", 0.6),
    specks: mood.specks.map((speck) => land(speck, 0.35)),
  };
}

/** The mood of a month, from 1 to 12; half a year later in the south. */
export function moodOf(number: number, hemisphere: Hemisphere, isNight: boolean): Mood {
  const at = (number - 1 + (hemisphere === "south" ? 6 : 0)) % 12;
  const mood = MONTHS[at] as Mood;
  return isNight ? atNight(mood) : mood;
}
