import { useState } from "react";
import { useSearchParams } from "wouter";

import { Mark } from "../frame/Frame";
import { Plant } from "../garden/Plant";
import { useTitle } from "../parts/title";
import { text } from "../text";
import { FirstStep } from "../ways/firstStep/FirstStep";
import { FinishSignUp, SecondStep, StepAfterProvider } from "../ways/lazyWays";
import type { Begun } from "../ways/secondStep/SecondStep";
import "../styles/sign.css";

const words = text.sign;

export default function SignIn() {
  return <SignPage creating={false} />;
}

/** The same page with the other form: the two have places of their own. */
export function SignUp() {
  return <SignPage creating />;
}

function SignPage({ creating }: { creating: boolean }) {
  useTitle(`${creating ? words.up : words.in} · ${text.name}`);
  return (
    <main className="sign" id="main">
      <section className="welcome">
        <p className="brand">
          <Mark />
          {text.name}
        </p>
        <div className="trio">
          <Plant kind="Lavender" stage={4} label="" />
          <Plant kind="Sunflower" stage={5} label="" />
          <Plant kind="Rose" stage={3} label="" />
        </div>
        <p className="lead">{words.lead}</p>
      </section>
      <section className="card">
        <Step creating={creating} />
      </section>
    </main>
  );
}

/** The step at which a sign-in is: another service sends back to the later ones. */
function Step({ creating }: { creating: boolean }) {
  const [search, setSearch] = useSearchParams();
  const step = search.get("step");
  const [begun, setBegun] = useState<Begun | null>(null);
  const back = () => {
    setBegun(null);
    setSearch({}, { replace: true });
  };
  if (begun) return <SecondStep begun={begun} onBack={back} />;
  if (step === "second-factor") return <StepAfterProvider onBack={back} />;
  if (creating && step === "finish") return <FinishSignUp />;
  return <FirstStep creating={creating} ended={search.get("error")} onBegun={setBegun} />;
}
