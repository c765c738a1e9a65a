import { Redirect } from "wouter";

import { clock } from "../api/clock";
import { QueryFallback } from "../parts/notices/Feedback";
import { useTitle } from "../parts/title";
import { useKnownPreferences } from "../queries/preferences";
import { useMe } from "../queries/queries";
import { text } from "../text";
import { Steps } from "../you/welcome/Steps";
import "../styles/welcome.css";

/** The age up to which an account is new: milliseconds. */
const NEW = 86_400_000;

/** The three steps after a sign-up, shown once for all devices; nobody else is held up. */
export default function Welcome() {
  useTitle(`${text.welcome.title} · ${text.name}`);
  const profile = useMe();
  const known = useKnownPreferences();
  if (!profile.data || !known) {
    return (
      <main className="welcome-page" id="main">
        <QueryFallback of={[profile]} height={420} />
      </main>
    );
  }
  const isOld = clock.now() - Date.parse(profile.data.created_at) > NEW;
  if (known.onboarded_at !== null || isOld) return <Redirect to="/" replace />;
  return <Steps user={profile.data} />;
}
