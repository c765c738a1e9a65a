import type { ReactNode } from "react";

/** What a step asks, and why. */
export function StepHead({ title, lead }: { title: ReactNode; lead: string }) {
  return (
    <>
      <h1 tabIndex={-1}>{title}</h1>
      <p className="soft">{lead}</p>
    </>
  );
}
