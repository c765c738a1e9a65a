import { useState } from "react";

import { takesCookies } from "../../api/auth/cookies";
import { text } from "../../text";

/** The notice for a browser that blocks cookies: what to allow, and what works without. */
export function CookieNotice() {
  const [isTold] = useState(() => !takesCookies());
  if (!isTold) return null;
  return <p className="notice">{text.sign.cookies}</p>;
}
