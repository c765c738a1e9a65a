import { useQueryClient } from "@tanstack/react-query";
import { type ComponentType, useEffect, useState } from "react";

import { unanswered } from "../api/errors";
import { text } from "../text";
import { Reload } from "../parts/notices/Boundary";
import { SKELETON_HEIGHT } from "./Frame";
import { retryDelay } from "../queries/backoff";
import { Skeleton } from "../parts/notices/Feedback";
import { useReportMissing } from "./missingPage";
import { isOutdated, reloadOnce } from "./version";

const OFFLINE = unanswered(null);
type Load = () => Promise<{ default: ComponentType }>;

/**
 * Code splitting with retries: a page's script is loaded when the page is opened, and asked
 * for again until it came: `React.lazy` would fail for ever once it failed. Where the file is
 * gone, since a newer version was deployed, or where the engine remembers that it failed, a
 * reload helps; it is done once by itself, if no change is on its way to the service, and
 * offered after that.
 */
export function lazyPage(load: Load): ComponentType {
  let page: ComponentType | null = null;
  return function LazyPage() {
    const client = useQueryClient();
    const [Page, setPage] = useState<ComponentType | null>(() => page);
    const [lacks, setLacks] = useState<"network" | "file" | null>(null);
    useEffect(() => {
      if (page !== null) return;
      const place = { isLeft: false };
      let timer: ReturnType<typeof setTimeout> | undefined;
      let failures = 0;
      const attempt = async () => {
        clearTimeout(timer);
        try {
          page = (await load()).default;
          const loaded = page;
          if (!place.isLeft) setPage(() => loaded);
        } catch {
          const outdated = await isOutdated();
          if (place.isLeft) return;
          setLacks(outdated === null ? "network" : "file");
          const reloadHelps = outdated === true || (outdated === false && failures > 0);
          if (reloadHelps && client.isMutating() === 0 && reloadOnce()) return;
          timer = setTimeout(() => void attempt(), retryDelay(failures, OFFLINE));
          failures = outdated === null ? 0 : failures + 1;
        }
      };
      const again = () => void attempt();
      again();
      window.addEventListener("online", again);
      return () => {
        place.isLeft = true;
        clearTimeout(timer);
        window.removeEventListener("online", again);
      };
    }, [client]);
    useReportMissing(Page === null && lacks === "network" ? OFFLINE : null);
    if (Page !== null) return <Page />;
    return (
      <>
        {lacks === "file" && <Reload message={text.errors.newer} />}
        {lacks !== "file" && <Skeleton height={SKELETON_HEIGHT} />}
      </>
    );
  };
}
