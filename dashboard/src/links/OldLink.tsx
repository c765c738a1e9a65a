import type { ReactNode } from "react";

import { ApiError } from "../api/errors";
import { text } from "../text";
import { Outcome } from "./Outcome";

const words = text.links;

/** True where the service does not take the link: used, too old, of a former address, or torn. */
export const isOldLink = (error: Error | null): boolean =>
  error instanceof ApiError && (error.code === "LINK_INVALID" || "token" in error.fields);

type Props = {
  /** The reasons for which a link of this kind is old. */
  why: string;
  /** The page was opened without any link. */
  isMissing?: boolean;
  /** The way to another link. */
  children: ReactNode;
};

/** The page of a link that opens nothing, with the way to ask for another. */
export function OldLink({ why, isMissing = false, children }: Props) {
  return (
    <Outcome
      title={isMissing ? words.missingTitle : words.oldTitle}
      plant={isMissing ? undefined : "withered"}
    >
      <p className="soft">{isMissing ? words.missing : why}</p>
      {children}
    </Outcome>
  );
}
