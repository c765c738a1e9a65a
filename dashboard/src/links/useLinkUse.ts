import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { ApiError } from "../api/errors";
import { useOnce } from "../parts/forms/useOnce";
import { forgetLink } from "./link";
import { isOldLink } from "./OldLink";

/**
 * The use of a link that works once. An attempt without an answer may have used it: the next
 * one is then told that the link is old, which `maybeDone` tells apart.
 */
export function useLinkUse<Answer, Sent = void>(
  send: (sent: Sent) => Promise<Answer>,
  done: (answer: Answer) => unknown = () => undefined,
) {
  const [isUnsure, setIsUnsure] = useState(false);
  const use = useMutation({
    mutationFn: send,
    onSuccess: (answer) => {
      forgetLink();
      return done(answer);
    },
    onError: (error) => {
      if (isOldLink(error)) forgetLink();
      if (error instanceof ApiError && error.isUnanswered) setIsUnsure(true);
    },
  });
  const isOld = isOldLink(use.error);
  return { ...use, once: useOnce(use.mutateAsync), isOld, maybeDone: isOld && isUnsure };
}
