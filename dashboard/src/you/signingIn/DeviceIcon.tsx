import type { Device } from "./device";

const BODIES = {
  computer: "M5 6.5a1.5 1.5 0 0 1 1.5-1.5h19a1.5 1.5 0 0 1 1.5 1.5V21H5V6.5ZM2 24.5h28",
  phone:
    "M10.5 3h11A1.5 1.5 0 0 1 23 4.5v23a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 9 27.5v-23A1.5 1.5 0 0 1 10.5 3Z",
  tablet:
    "M7.5 3h17A1.5 1.5 0 0 1 26 4.5v23a1.5 1.5 0 0 1-1.5 1.5h-17A1.5 1.5 0 0 1 6 27.5v-23A1.5 1.5 0 0 1 7.5 3Z",
  program:
    "M4.5 6h23A1.5 1.5 0 0 1 29 7.5v17a1.5 1.5 0 0 1-1.5 1.5h-23A1.5 1.5 0 0 1 3 24.5v-17A1.5 1.5 0 0 1 4.5 6ZM9 13l4 3.5-4 3.5m7 0h6",
};
/** The mark of a browser on the device's screen: a few lines that are known anywhere. */
const MARKS: Record<string, string> = {
  Chrome: "M16 10.5h4.3M14 14.2 11.9 10.6M14 14.2a2.3 2.3 0 1 0 4 0M18 14.2l-2.2 3.7",
  Firefox: "M12.2 10.6c-1 3.6.9 6.6 3.8 6.6s4.6-2.4 4.3-5.3c-.9 1-2 .9-2.7.1-.7-.9.1-2.2-.9-3.4",
  Safari: "m18.4 10.6-1.4 3.4-3.4 1.4 1.4-3.4 3.4-1.4Z",
  Edge: "M11.6 13.6c.5-2.3 2.3-3.6 4.5-3.6 2.5 0 4.3 1.7 4.3 3.8 0 1-.7 1.7-1.8 1.7-1.3 0-1.6-.7-1.5-1.6-2.4.4-2.8 3 .2 4",
  Opera: "M16 10.2c-1.6 0-2.2 1.3-2.2 2.8s.6 2.8 2.2 2.8 2.2-1.3 2.2-2.8-.6-2.8-2.2-2.8",
};

/** The device as a drawing: its form, and its browser's mark on the screen. */
export function DeviceIcon({ kind, browser }: Device) {
  const mark = browser && MARKS[browser];
  return (
    <svg viewBox="0 0 32 32" className="device-icon" aria-hidden="true">
      <path d={BODIES[kind]} />
      {mark && (
        <g transform={kind === "computer" ? undefined : "translate(0 2)"} className="mark">
          {browser !== "Firefox" && <circle cx="16" cy="13" r="4.6" />}
          <path d={mark} />
        </g>
      )}
    </svg>
  );
}
