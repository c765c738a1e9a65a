import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { expect, test } from "vitest";

import { type Phase, ticked } from "./ticked";

type Moment = {
  now: string;
  phase: Phase["phase"];
  round: number;
  break?: ["short" | "long", string, string, boolean];
  left?: [number, string];
};
/** The table by which the service's own phases are tested. */
const cases = JSON.parse(
  readFileSync(resolve("../sessions_app/tests/rhythm/cases.json"), "utf8"),
) as { about: string; at: Moment[] }[];

const at = (clock: string) => `2026-01-18T${clock}:00Z`;
const answer = (moment: Moment): Phase => {
  const [kind, since, until, over] = moment.break ?? [];
  const [minutes, offered] = moment.left ?? [];
  return {
    phase: moment.phase,
    round: moment.round,
    rounds: 4,
    break:
      kind && since && until && over !== undefined
        ? { kind, started_at: at(since), ends_at: at(until), over }
        : null,
    left: minutes !== undefined && offered ? { minutes, until: at(offered) } : null,
  };
};

// Of an answer that is idle nothing tells when its rounds begin anew: the page asks again.
const pairs = cases.flatMap(({ about, at: moments }) =>
  moments.flatMap((first, n) =>
    moments
      .slice(n)
      .filter(({ round }) => first.phase !== "idle" || round === first.round)
      .map((later) => [about, first.now, later.now, first, later] as const),
  ),
);

test.each(pairs)("%s: what was told at %s is right at %s", (_, __, ___, first, later) => {
  expect(ticked(answer(first), Date.parse(at(later.now)))).toEqual(answer(later));
});

test("the table is not empty", () => expect(pairs.length).toBeGreaterThan(20));
