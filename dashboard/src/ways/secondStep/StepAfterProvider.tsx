import { useQuery } from "@tanstack/react-query";

import { api, data } from "../../api/client";
import { QueryFallback } from "../../parts/notices/Feedback";
import { text } from "../../text";
import { BackToSignIn } from "../others/BackToSignIn";
import { isOver, Over } from "../Over";
import SecondStep from "./SecondStep";

const words = text.ways.signIn;

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
      <h1>{words.stepTitle}</h1>
      {isOver(begun.error) ? (
        <Over words={words.stepEnded} />
      ) : (
        <QueryFallback of={[begun]} height={160} />
      )}
      <BackToSignIn />
    </>
  );
}
