import { Link } from "wouter";

import { text } from "../../text";

/** The way back to the first step. */
export function BackToSignIn() {
  return (
    <div className="ways">
      <Link to="/sign-in">{text.ways.signIn.back}</Link>
    </div>
  );
}
