import { Link } from "wouter";

import { Mark } from "../frame/Frame";
import { GuestTimer } from "../landing/GuestTimer";
import { Pictures } from "../landing/Pictures";
import { useTitle } from "../parts/title";
import { text } from "../text";
import "../styles/landing.css";

const words = text.landing;

/** The first page of somebody who was never signed in here: what it is, and a timer that runs. */
export default function Landing() {
  useTitle(`${text.name} · ${words.short}`);
  return (
    <div className="landing">
      <header className="landing-head">
        <p className="brand">
          <Mark />
          {text.name}
        </p>
        <nav className="row" aria-label={words.account}>
          <Link className="button plain" to="/sign-in">
            {text.sign.in}
          </Link>
          <Link className="button" to="/sign-up">
            {words.signUp}
          </Link>
        </nav>
      </header>
      <main id="main" className="landing-main">
        <div className="hero">
          <div className="pitch">
            <h1>{words.title}</h1>
            <p className="lead">{words.lead}</p>
          </div>
          <GuestTimer />
        </div>
        <Pictures />
        <p className="privacy">{words.privacy}</p>
      </main>
    </div>
  );
}
