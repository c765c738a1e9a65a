/**
 * The truth that the socket tells, in the queries of all tabs: a session's state takes the place
 * of what is known, and other news say what to ask for again.
 *
 * A state is the newest there is when it was made. It may be overtaken by an answer to a request
 * all the same, or tell what this browser has just done by itself.
 */
import type { QueryClient } from "@tanstack/react-query";

import { isChanging } from "../api/client";
import { clock } from "../api/clock";
import { sender } from "../focus/outbox/sessionRequests";
import { ranOut } from "../focus/timer/progress";
import { type ChangeKind, isAskedSince, refreshFigures, takeAnswers } from "../queries/changes";
import { active } from "../queries/queries";
import { knownAnswer } from "../queries/shared";
import type { ChangedMessage, Message, SessionMessage } from "./messages";

/** The kinds of change that a topic stands for. */
const KINDS: Record<string, ChangeKind[]> = {
  stats: ["told"],
  garden: ["planted"],
  profile: ["profile"],
  labels: ["label-gone"],
  preferences: ["preferences"],
  plan: ["plan", "days-off"],
  // Every start has it; what changes figures is told beside it.
  history: ["listed"],
  entries: ["records"],
  imports: ["imported"],
  devices: ["devices"],
};
/** The time in which news are gathered, and this browser's own change is answered: milliseconds. */
const GATHERED = 400;
/** The longest wait for the answer to this browser's own change, and its steps: milliseconds. */
const OWN_CHANGE = 1_000;
const STEP = 50;

export class Truth {
  /** Sessions that have ended: none of them ever runs again, however late somebody says so. */
  private readonly over = new Set<string>();
  private lastEnded: string | null | undefined;
  private readonly topics = new Set<string>();
  private writtenAt: number | null = -Infinity;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private held: ReturnType<typeof setTimeout> | undefined;
  private readonly unsubscribe: () => void;

  constructor(private readonly client: QueryClient) {
    this.unsubscribe = sender.onSettled((_, outcome) => {
      const answer = "answer" in outcome ? outcome.answer : null;
      if (answer && "ended" in answer) this.over.add(answer.ended.id);
    });
  }

  stop(): void {
    this.unsubscribe();
    clearTimeout(this.timer);
    clearTimeout(this.held);
  }

  hear(message: Message): void {
    if (message.type === "session") this.shows(message);
    else if (message.type === "changed") this.gather(message);
  }

  private shows(message: SessionMessage, patience = OWN_CHANGE): void {
    clearTimeout(this.held);
    // Its answer says the same and more, and both would ask for all figures.
    if (patience > 0 && this.maybeOwn(message)) {
      this.held = setTimeout(() => this.shows(message, patience - STEP), STEP);
    } else this.take(message);
  }

  /** True where this browser has asked for a change that is not answered yet. */
  private maybeOwn({ session }: SessionMessage): boolean {
    const running = this.running?.id;
    if (running === session?.id) return false;
    const { waiting } = sender.snapshot();
    return isChanging() || waiting.some((one) => one.what !== "plant" && one.session === running);
  }

  private get running() {
    return this.client.getQueryData(active.queryKey)?.session;
  }

  private take({ session, server_time, last_ended }: SessionMessage): void {
    const known = this.running;
    const endedId = last_ended?.id ?? null;
    // An end by this browser is no news, nor is the one that was there before.
    const isKnown = this.lastEnded === undefined || this.over.has(endedId ?? "");
    const isMissed = !isKnown && endedId !== this.lastEnded;
    this.lastEnded = endedId;
    if (endedId !== null) this.over.add(endedId);
    const isOvertaken =
      (session !== null && this.over.has(session.id)) ||
      (known != null && Date.parse(server_time) < Date.parse(known.created_at));
    if (isOvertaken) return;
    const told = {
      ...knownAnswer(active.queryKey, { has_active: session !== null, session }),
      // One that ran out may have to be settled by whoever looks it up.
      ...(last_ended && !ranOut(last_ended) && knownAnswer(["session", endedId], last_ended)),
    };
    const isSame = known?.id === session?.id && known?.duration_min === session?.duration_min;
    const hasNews = known !== undefined && (!isSame || (isMissed && known === null));
    if (!hasNews) takeAnswers(this.client, told);
    else if (session !== null && (known === null || known.id === session.id) && !isMissed)
      void refreshFigures(this.client, "began", told);
    else void refreshFigures(this.client, "ended", told);
  }

  private gather({ what, written_at }: ChangedMessage): void {
    for (const topic of what) this.topics.add(topic);
    const writtenAt = Date.parse(written_at ?? "");
    if (Number.isNaN(writtenAt) || this.writtenAt === null) this.writtenAt = null;
    else this.writtenAt = Math.max(this.writtenAt, writtenAt);
    this.timer ??= setTimeout(() => this.askAgain(), GATHERED);
  }

  /** Ask for what was written, unless a page has asked since, such as after its own change. */
  private askAgain(): void {
    this.timer = undefined;
    const writtenAt = this.writtenAt ?? Infinity;
    const kinds = [...this.topics]
      .flatMap((topic) => KINDS[topic] ?? [])
      .filter((kind) => !isAskedSince(kind, writtenAt));
    this.topics.clear();
    this.writtenAt = -Infinity;
    if (kinds.length > 0) void refreshFigures(this.client, [...new Set(kinds)]);
  }
}

/** Set the server's clock by the answer to `auth`, which is told to the microsecond. */
export function setClock(told: string, askedAt: number, heardAt: number): void {
  const origin = performance.timeOrigin;
  clock.tell(Date.parse(told), askedAt + origin, heardAt + origin, 1);
}
