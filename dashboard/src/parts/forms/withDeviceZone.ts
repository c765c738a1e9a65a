import { ApiError } from "../../api/errors";
import { deviceZone } from "../../format";

/**
 * Send this device's zone, and UTC where the service does not know it: a browser may be newer
 * than the service, and a form without a field for the zone could never be sent.
 */
export async function withDeviceZone<T>(send: (zone: string) => Promise<T>): Promise<T> {
  try {
    return await send(deviceZone());
  } catch (error) {
    if (!(error instanceof ApiError) || !("timezone" in error.fields)) throw error;
    return send("UTC");
  }
}
