import { QueryFallback } from "../parts/notices/Feedback";
import { isWorking, useImport } from "../queries/imports";
import type { Chosen } from "./chosen";
import { Ended } from "./Ended";
import { Report } from "./Report";
import { Working } from "./Working";

type Props = { id: string; chosen: Chosen | null; onAnother: () => void };

/** An import as the service has it: what is shown goes by its status alone. */
export function OneImport({ id, chosen, onAnother }: Props) {
  const found = useImport(id);
  const shown = found.data;
  if (!shown) return <QueryFallback of={[found]} height={220} />;
  const { status, report } = shown;
  if (isWorking(status)) return <Working key={status} status={status} />;
  if (status === "ready" && report) {
    return <Report shown={shown} report={report} chosen={chosen} />;
  }
  return <Ended shown={shown} chosen={chosen} onAnother={onAnother} />;
}
