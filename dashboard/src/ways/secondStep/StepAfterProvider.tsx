import { useQuery } from "@tanstack/react-query";

import { api, data } from "../../api/client";
import { QueryFallback } from "../../parts/notices/Feedback";
import { text } from "../../text";
import { BackToSignIn } from "../others/BackToSignIn";
import SecondStep from "./SecondStep";

type Props = { onBack: () => void };

/** The second step after another service was the first: this browser's cookie names it. */
export default function StepAfterProvider({ onBack }: Props) {
  const begun = useQuery({
    queryKey: ["second-step"],
    queryFn: () => data(api.POST("/api/auth/oauth/finish", { body: {} })),
    gcTime: 0,
  });
  if (begun.data && "methods" in begun.data) {
    return <SecondStep begun={begun.data} onBack={onBack} />;
  }
  return (
    <>
      <h1>{text.ways.signIn.stepTitle}</h1>
      <QueryFallback of={[begun]} height={160} />
      <BackToSignIn />
    </>
  );
}
