import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

import { api, data, type Schemas } from "../api/client";
import { clock } from "../api/clock";
import { ApiError } from "../api/errors";
import { countdown, timeOfDay } from "../format";
import { Plant } from "../garden/Plant";
import { Confirm } from "../parts/Confirm";
import { useServerNow, useTitle } from "../parts/hooks";
import { refreshFigures } from "../parts/queries";
import { Wrong } from "../parts/Said";
import { text } from "../text";
import { ring } from "./Bell";
import { useGrowing } from "./growth";
import { patiently } from "./patience";
import { progress } from "./progress";

const words = text.focus;
const RADIUS = 140;
const AROUND = 2 * Math.PI * RADIUS;

type Props = {
  session: Pick<Schemas["Session"], "id" | "duration_min" | "created_at">;
  onEnd: (ended: Schemas["Session"]) => void;
};

export function Running({ session, onEnd }: Props) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const end = useMutation({
    mutationFn: (body: { completed: true } | { status: "abandoned" }) =>
      data(
        api.PATCH("/api/sessions/{session_id}", {
          params: { path: { session_id: session.id } },
          body,
        }),
      ),
    ...patiently,
    onSuccess: onEnd,
    onError: (error) => {
      // Another tab, or the server itself, was faster.
      if (error instanceof ApiError && [404, 409].includes(error.status)) end.reset();
    },
    onSettled: async () => {
      await refreshFigures(client);
    },
  });
  const now = useServerNow(!end.isSuccess);
  const { over, seconds, share, stage } = progress(session, now);
  const plant = useGrowing(session);
  const minutes = session.duration_min;
  const endsAt = Date.parse(session.created_at) + (minutes ?? 0) * 60_000;
  // A moment too early would cost the last minute.
  const isDue = minutes !== null && clock.earliest() >= endsAt;
  useTitle(`${over ? words.over : countdown(seconds)} · ${text.name}`);

  const complete = useRef(() => end.mutate({ completed: true }));
  useEffect(() => {
    if (!isDue || minutes === null) return;
    // Whoever comes back to a session that ended long ago needs no bell.
    if (clock.now() - endsAt < 10_000) ring(minutes);
    complete.current();
  }, [isDue, minutes, endsAt]);

  const begins = timeOfDay(session.created_at);
  return (
    <section className="card running" aria-label={words.timer}>
      <div className="dial">
        <svg viewBox="0 0 320 320" aria-hidden="true">
          <circle cx="160" cy="160" r={RADIUS} className="track" />
          <circle
            cx="160"
            cy="160"
            r={RADIUS}
            className="done"
            strokeDasharray={AROUND}
            strokeDashoffset={AROUND * (1 - share)}
            transform="rotate(-90 160 160)"
          />
        </svg>
        <div className="reading">
          {plant && <Plant kind={plant.plant_type} stage={stage} state="growing" />}
          <p className="clock" role="timer">
            {over ? words.over : countdown(seconds)}
          </p>
          <p className="soft">
            {minutes === null
              ? `${words.elapsed}, ${words.since(begins)}`
              : `${words.remaining}, ${words.until(timeOfDay(endsAt))}`}
          </p>
        </div>
      </div>
      <p className="soft" role="status">
        {end.isPaused ? words.endWaits : end.isPending ? words.ending : ""}
      </p>
      <Wrong error={end.error} again={() => end.variables && end.mutate(end.variables)} />
      <div className="row">
        <button
          type="button"
          className="button big"
          disabled={end.isPending}
          onClick={() => end.mutate({ completed: true })}
        >
          {minutes === null || over ? words.complete : words.completeEarly}
        </button>
        <button
          type="button"
          className="button plain big"
          disabled={end.isPending}
          onClick={() => setAsking(true)}
        >
          {words.giveUp}
        </button>
      </div>
      <Confirm
        title={words.giveUpAsk}
        open={asking}
        onClose={() => setAsking(false)}
        onYes={() => {
          setAsking(false);
          end.mutate({ status: "abandoned" });
        }}
        yes={words.giveUpYes}
        no={words.giveUpNo}
      >
        <p>{words.giveUpText}</p>
      </Confirm>
    </section>
  );
}
