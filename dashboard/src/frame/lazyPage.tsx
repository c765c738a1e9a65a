import { useQueryClient } from "@tanstack/react-query";
import { type ComponentType, useEffect, useState } from "react";

import { unanswered } from "../api/errors";
import { TIMEOUT } from "../api/timeouts";
import { text } from "../text";
import { loadPagesText } from "../text/load";
import { Reload } from "../parts/notices/Boundary";
import { SKELETON_HEIGHT } from "./Frame";
import { retryDelay } from "../queries/backoff";
import { Skeleton } from "../parts/notices/Feedback";
import { useReportMissing } from "./missingPage";
import { isOutdated, reloadOnce } from "./version";

const OFFLINE = unanswered(null);
/** The failure of a script that neither came nor failed, as on a network that swallows it. */
const LATE = new Error("The script did not come in time.");
type Load<Props> = () => Promise<{ default: ComponentType<Props> }>;
type Part<Props> = ComponentType<Props> & { preload: () => void };

/**
 * Code splitting with retries: a page's script is loaded when the page is opened, and asked
 * for again until it came: `React.lazy` would fail for ever once it failed, and an `import()`
 * has no timeout. Where the file is gone, since a newer version was deployed, or where the
 * engine remembers that it failed or still waits for it, a reload helps; it is done once by
 * itself, if no change is on its way to the service, and offered after that.
 */
export function lazyPage(load: Load<object>): ComponentType {
  return lazyPart(async () => {
    // The page's modules read their words as they are loaded.
    await loadPagesText();
    return load();
  }, SKELETON_HEIGHT);
}

/** The answer, or LATE where there is none within the usual timeout. */
async function inTime<T>(asked: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(LATE), TIMEOUT.usual);
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

/**
 * A part whose words are the first page's own, loaded as a page is; `preload` fetches it before
 * it is shown, and leaves the retries to the moment when it is.
 */
export function lazyPart<Props extends object>(load: Load<Props>, height: number): Part<Props> {
  let page: ComponentType<Props> | null = null;
  const fetched = async () => {
    page ??= (await load()).default;
    return page;
  };
  const preload = () => void fetched().catch(() => undefined);
  return Object.assign(LazyPart, { preload });

  function LazyPart(props: Props) {
    const client = useQueryClient();
    const [Page, setPage] = useState<ComponentType<Props> | null>(() => page);
    const [lacks, setLacks] = useState<"network" | "file" | null>(null);
    useEffect(() => {
      if (page !== null) return;
      const place = { isLeft: false };
      let timer: ReturnType<typeof setTimeout> | undefined;
      let failures = 0;
      const attempt = async () => {
        clearTimeout(timer);
        const asked = fetched();
        const show = (loaded: ComponentType<Props>) => {
          if (!place.isLeft) setPage(() => loaded);
        };
        try {
          show(await inTime(asked));
        } catch (error) {
          if (place.isLeft) return;
          if (error === LATE) {
            setLacks("network");
            asked.then(show, () => undefined);
          }
          const outdated = await isOutdated();
          if (place.isLeft || page !== null) return;
          setLacks(outdated === null || error === LATE ? "network" : "file");
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
    if (Page !== null) return <Page {...props} />;
    return (
      <>
        {lacks === "file" && <Reload message={text.errors.newer} />}
        {lacks !== "file" && <Skeleton height={height} />}
      </>
    );
  }
}
