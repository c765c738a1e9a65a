// A first day with orval's functions on fetch, each answer held against its zod shape.
import { strict as assert } from "node:assert";
import * as api from "./generated/orval/fetch";
import * as shapes from "./generated/orval/zod";

const [, username] = process.argv.slice(2) as [string, string];
const password = "correct horse battery";

function body<Answer extends { status: number; data: unknown }, Status extends Answer["status"]>(
  answer: Answer,
  status: Status,
): Extract<Answer, { status: Status }>["data"] {
  assert.equal(answer.status, status, JSON.stringify(answer.data));
  return answer.data as Extract<Answer, { status: Status }>["data"];
}

const wanted = { username, email: `${username}@focusguard.com`, password };
shapes.RegisterBody.parse(wanted);
assert.ok(!shapes.RegisterBody.safeParse({ ...wanted, username: "no spaces" }).success);
assert.ok(!shapes.ChangePasswordBody.safeParse({}).success);
const registered = body(await api.register(wanted), 201);
shapes.RegisterResponse.parse(registered);
let as = { headers: { Authorization: `Bearer ${registered.access_token}` } };

const none = body(await api.getActiveSession(as), 200);
assert.equal(shapes.GetActiveSessionResponse.parse(none).session, null);
const started = body(await api.startSession({ duration_min: 25 }, as), 201);
shapes.StartSessionResponse.parse(started);
const running = body(await api.getActiveSession(as), 200);
assert.equal(shapes.GetActiveSessionResponse.parse(running).session?.id, started.id);

const refused = body(await api.startSession({ duration_min: 25 }, as), 409);
const code: string = refused.detail.error_code;
assert.equal(code, "ACTIVE_SESSION_EXISTS");

const completed = body(await api.updateSession(started.id, { completed: true }, as), 200);
assert.equal(shapes.UpdateSessionResponse.parse(completed).status, "completed");
const planted = body(await api.plant({ session_id: started.id, plant_type: "Rose" }, as), 201);
assert.equal(shapes.PlantResponse.parse(planted).plant_num, 1);
const done = body(await api.listSessions({ completed: true }, as), 200);
assert.equal(shapes.ListSessionsResponse.parse(done).sessions.length, 1);
shapes.GetStatsResponse.parse(body(await api.getStats(as), 200));
shapes.XpLeaderboardResponse.parse(body(await api.xpLeaderboard({ limit: 3 }, as), 200));
shapes.GetTrendsResponse.parse(body(await api.getTrends(as), 200));

const refresh_token = registered.refresh_token;
assert.ok(refresh_token);
const refreshed = body(await api.refreshTokens({ refresh_token }), 200);
shapes.RefreshTokensResponse.parse(refreshed);
as = { headers: { Authorization: `Bearer ${refreshed.access_token}` } };
body(await api.logout({}, as), 204);
const after = body(await api.getStats(as), 401);
assert.equal(after.detail.error_code, "TOKEN_INVALID");
