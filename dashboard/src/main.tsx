// First, and in this order: a page's own rules come after them. Before them stand those of the
// first frame, in index.html.
import "./styles/pieces.css";
import "./styles/parts.css";

import { takeLinks } from "./links/takeLinks";
import { loadText } from "./text/load";

// Before anything is asked or shown, while the address still has the secret of its link.
takeLinks();

// What reads the text while it is loaded must find it. index.html has both files fetched
// from the beginning, so that nothing waits twice.
void loadText()
  .then(() => import("./start"))
  .then(({ start }) => start());
