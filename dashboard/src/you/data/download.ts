import { api, data } from "../../api/client";
import { saveAs } from "../saveAs";

/** Save the export of the user's data as a file of the browser. */
export async function download(format: "json" | "csv"): Promise<void> {
  const file = await data(
    api.GET("/api/users/me/export", { params: { query: { format } }, parseAs: "blob" }),
  );
  saveAs(file, `focusguard.${format}`);
}
