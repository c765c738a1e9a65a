import type { ReactNode } from "react";
import { Link } from "wouter";

import { Mark } from "../frame/Frame";
import { useMissingPage } from "../frame/missingPage";
import { RetryReason } from "../frame/RetryNotice";
import { Boundary } from "../parts/notices/Boundary";
import { text } from "../text";
import "../styles/alone.css";

/** The layout of a page that a mail leads to: one card, whoever is signed in. */
export function Alone({ children }: { children: ReactNode }) {
  const missing = useMissingPage();
  return (
    <main className="alone" id="main">
      <p>
        <Link className="brand" to="/">
          <Mark />
          {text.name}
        </Link>
      </p>
      {missing && (
        <p className="notice error" role="alert">
          <RetryReason error={missing} />
        </p>
      )}
      <Boundary>{children}</Boundary>
    </main>
  );
}
