import { useState } from "react";

import { takesCookies } from "../api/cookies";
import { text } from "../text";

/** What to allow in a browser that takes no cookie of ours, and what goes without. */
export function SiteData() {
  const [isTold] = useState(() => !takesCookies());
  if (!isTold) return null;
  return <p className="notice">{text.sign.cookies}</p>;
}
