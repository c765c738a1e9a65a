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

export const en = {
  language: "en",
  dir: "ltr" as "ltr" | "rtl",
  locale,
  name: "FocusGuard",
  loading: "Loading",
  close: "Close",
  days,
  min,
  hours,
  hoursAndMin,
  deviceOn: (browser: string, system: string) => `${browser} on ${system}`,
  unknownDevice: "Unknown device",
  nav,
  keys,
  errors,
  notFound,
  sign,
  links,
  focus,
  today,
  running,
  done,
  garden,
  offline,
  refusals,
  species,
  landing,
};
