import { useSyncExternalStore } from "react";
import { Redirect, useLocation, useSearch } from "wouter";

import { QueryFallback } from "../parts/notices/Feedback";
import { useMe } from "../queries/queries";
import { YourData } from "../you/data/YourData";
import { Labels } from "../you/labels/Labels";
import { PlanAndRest } from "../you/plan/PlanAndRest";
import { Preferences } from "../you/preferences/Preferences";
import { Profile } from "../you/profile/Profile";
import { Sections } from "../you/Sections";
import { ProofSheet, Programs, SigningIn } from "../you/lazySections";
import NotFound from "./NotFound";
import { proofAsked } from "../ways/proof/proof";
import "../styles/you/page.css";

/** The sections of one's own page and of the settings, each under its address. */
const SECTIONS = {
  "/you": Profile,
  "/you/signing-in": SigningIn,
  "/you/programs": Programs,
  "/you/data": YourData,
  "/settings": Preferences,
  "/settings/plan": PlanAndRest,
  "/settings/labels": Labels,
};

export default function You() {
  const path = useLocation()[0].replace(/\/+$/, "");
  const search = useSearch();
  const profile = useMe();
  // Another service sends back here, where a link was begun among the ways in.
  if (path === "/you" && /^(step=link|error=)/.test(search)) {
    return <Redirect to={`/you/signing-in?${search}`} replace />;
  }
  if (!(path in SECTIONS)) return <NotFound />;
  const Section = SECTIONS[path as keyof typeof SECTIONS];
  return (
    <div className="settings-page">
      <Sections />
      <div className="settings-content">
        {profile.data ? (
          <Section user={profile.data} />
        ) : (
          <QueryFallback of={[profile]} height={420} />
        )}
      </div>
      <ProofSlot />
    </div>
  );
}

/** The place of the sheet that asks who one is, which is loaded with the first question. */
function ProofSlot() {
  const question = useSyncExternalStore(proofAsked.subscribe, proofAsked.now);
  return question && <ProofSheet />;
}
