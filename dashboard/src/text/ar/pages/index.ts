/** The text of pages that are loaded when they are opened. */
import type { PagesText } from "../..";
import { boards } from "./boards";
import { history } from "./history";
import { importing } from "./importing";
import { insight } from "./insight";
import { live } from "./live";
import { settings } from "./settings";
import { welcome } from "./welcome";
import { you } from "./you";

export const pages: PagesText = {
  boards,
  history,
  importing,
  insight,
  live,
  settings,
  welcome,
  you,
};
