import { api, data } from "../api/client";

/** Save the export of the user's data as a file of the browser. */
export async function download(format: "json" | "csv"): Promise<void> {
  const file = await data(
    api.GET("/api/users/me/export", { params: { query: { format } }, parseAs: "blob" }),
  );
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `focusguard.${format}`;
  link.click();
  URL.revokeObjectURL(link.href);
}
