import type { FirstText } from "..";
import { days, hours, hoursAndMin, locale, min } from "./counts";
import { done } from "./done";
import { errors } from "./errors";
import { focus } from "./focus";
import { garden } from "./garden";
import { keys } from "./keys";
import { landing } from "./landing";
import { links } from "./links";
import { nav } from "./nav";
import { notFound } from "./notFound";
import { offline } from "./offline";
import { refusals } from "./refusals";
import { running } from "./running";
import { sign } from "./sign";
import { species } from "./species";
import { today } from "./today";

export const de: FirstText = {
  language: "de",
  dir: "ltr" as const,
  locale,
  name: "FocusGuard",
  loading: "Lädt",
  close: "Schließen",
  days,
  min,
  hours,
  hoursAndMin,
  deviceOn: (browser: string, system: string) => `${browser} unter ${system}`,
  unknownDevice: "Unbekanntes Gerät",
  done,
  errors,
  focus,
  garden,
  keys,
  landing,
  links,
  nav,
  notFound,
  offline,
  refusals,
  running,
  sign,
  species,
  today,
};
