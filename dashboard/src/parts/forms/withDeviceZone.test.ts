import { expect, test, vi } from "vitest";

import { ApiError } from "../../api/errors";
import { deviceZone } from "../../format";
import { withDeviceZone } from "./withDeviceZone";

const refused = (fields: Record<string, string[]>) =>
  new ApiError(422, "VALIDATION_ERROR", "The request is not valid.", fields);

test("a zone that the service does not know is UTC", async () => {
  const send = vi.fn<(zone: string) => Promise<string>>();
  send.mockRejectedValueOnce(refused({ timezone: ["This is not an IANA time zone."] }));
  send.mockResolvedValueOnce("welcome");
  expect(await withDeviceZone(send)).toBe("welcome");
  expect(send.mock.calls).toEqual([[deviceZone()], ["UTC"]]);
});

test("any other refusal is shown once", async () => {
  const send = vi.fn<(zone: string) => Promise<string>>();
  send.mockRejectedValue(refused({ username: ["Taken."] }));
  await expect(withDeviceZone(send)).rejects.toThrow("The request is not valid.");
  expect(send).toHaveBeenCalledTimes(1);
});
