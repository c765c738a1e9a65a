/** The time zones as people look for them: by city, country and offset, under today's names. */
import { text } from "../../text";

/** The names of today for the ones that browsers keep for the sake of old data. */
const TODAY: Record<string, string> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Catamarca": "America/Argentina/Catamarca",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Cordoba": "America/Argentina/Cordoba",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Jujuy": "America/Argentina/Jujuy",
  "America/Louisville": "America/Kentucky/Louisville",
  "America/Mendoza": "America/Argentina/Mendoza",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

export type Zone = { name: string; city: string; country: string; offset: string };

/** The name of a zone that the service knows, as it is called today. */
export const todaysName = (zone: string): string => TODAY[zone] ?? zone;

export function cityOf(zone: string): string {
  return (todaysName(zone).split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** The offset of a zone at a moment, such as UTC+5:30; empty where the browser knows no such zone. */
export function offsetOf(zone: string, moment: number): string {
  try {
    const format = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "shortOffset" });
    const part = format.formatToParts(moment).find(({ type }) => type === "timeZoneName");
    return (part?.value ?? "").replace(/^GMT$/, "GMT+0").replace("GMT", "UTC").replace("-", "−");
  } catch {
    return "";
  }
}

/** All zones that the browser knows, each once, by city. */
export function allZones(moment: number, ...others: string[]): Zone[] {
  const countries = countryNames();
  const names = new Set([...Intl.supportedValuesOf("timeZone"), "UTC", ...others].map(todaysName));
  return [...names]
    .map((name) => ({
      name,
      city: cityOf(name),
      country: countries.get(name) ?? "",
      offset: offsetOf(name, moment),
    }))
    .sort((a, b) => a.city.localeCompare(b.city, text.locale));
}

type WithZones = Intl.Locale & { getTimeZones?: () => string[] | undefined };

/** The country of each zone, in the text's language; empty where the browser cannot tell. */
function countryNames(): Map<string, string> {
  const found = new Map<string, string>();
  const named = new Intl.DisplayNames(text.locale, { type: "region", fallback: "none" });
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const zones = (new Intl.Locale(`und-${code}`) as WithZones).getTimeZones?.() ?? [];
    const country = zones.length > 0 ? named.of(code) : undefined;
    for (const zone of zones) if (country) found.set(todaysName(zone), country);
  }
  return found;
}

const folded = (words: string) =>
  words
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLocaleLowerCase()
    .replace("gmt", "utc")
    .replace("-", "−");

/** The zones that are meant by what was typed: a city that begins so comes first. */
export function search(zones: Zone[], typed: string): Zone[] {
  const words = folded(typed.trim());
  if (words === "") return zones;
  const rank = ({ city, country, name, offset }: Zone) => {
    if (folded(city).startsWith(words)) return 0;
    if (folded(country).startsWith(words) || folded(offset) === words) return 1;
    const old = Object.keys(TODAY).filter((before) => TODAY[before] === name);
    const all = [city, country, name.replaceAll("_", " "), offset, ...old].map(folded);
    return all.some((one) => one.includes(words)) ? 2 : null;
  };
  return zones
    .map((zone) => ({ zone, at: rank(zone) }))
    .filter((one): one is { zone: Zone; at: 0 | 1 | 2 } => one.at !== null)
    .sort((a, b) => a.at - b.at)
    .map(({ zone }) => zone);
}
