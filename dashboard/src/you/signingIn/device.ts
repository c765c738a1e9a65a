/** What a device calls itself, in a few words. */
import { text } from "../../text";

export type Browser = "Edge" | "Opera" | "Firefox" | "Chrome" | "Safari" | "curl";
export type System = "Android" | "iOS" | "macOS" | "Windows" | "Linux";
export type DeviceKind = "phone" | "tablet" | "computer" | "program";

// In this order: each names the ones below it too.
const BROWSERS: [RegExp, Browser][] = [
  [/Edg\w*\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\//, "Chrome"],
  [/Safari\//, "Safari"],
  [/curl\//, "curl"],
];
const SYSTEMS: [RegExp, System][] = [
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Mac OS X/, "macOS"],
  [/Windows/, "Windows"],
  [/Linux|X11/, "Linux"],
];

const nameIn = <Name>(names: [RegExp, Name][], agent: string) =>
  names.find(([pattern]) => pattern.test(agent))?.[1];

export type Device = { name: string; kind: DeviceKind; browser?: Browser };

export function deviceOf(agent: string): Device {
  const browser = nameIn(BROWSERS, agent);
  const system = nameIn(SYSTEMS, agent);
  const name =
    browser && system
      ? text.ways.devices.on(browser, system)
      : (browser ?? system ?? (agent.slice(0, 40) || text.ways.devices.unknownDevice));
  return { name, kind: kindOf(agent, browser, system), browser };
}

function kindOf(agent: string, browser?: Browser, system?: System): DeviceKind {
  if (!browser || browser === "curl") return "program";
  if (/iPad|Tablet/.test(agent) || (system === "Android" && !/Mobile/.test(agent))) return "tablet";
  return system === "Android" || system === "iOS" ? "phone" : "computer";
}
