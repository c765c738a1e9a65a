// A first day with the client that @hey-api/openapi-ts makes.
import { strict as assert } from "node:assert";
import { client } from "./generated/hey-api/client.gen";
import * as api from "./generated/hey-api";

const [origin, username] = process.argv.slice(2) as [string, string];
let token = "";
client.setConfig({ baseUrl: origin, auth: () => token });

const password = "correct horse battery";
const registered = await api.register({
  body: { username, email: `${username}@focusguard.com`, password, timezone: "Europe/Berlin" },
  throwOnError: true,
});
assert.ok("access_token" in registered.data);
token = registered.data.access_token;
assert.equal(registered.data.user.username, username);

const none = await api.getActiveSession({ throwOnError: true });
assert.equal(none.data.session, null);
const started = await api.startSession({
  body: { duration_min: 25 },
  headers: { "Idempotency-Key": "hey" },
  throwOnError: true,
});
const running = await api.getActiveSession({ throwOnError: true });
assert.equal(running.data.session?.id, started.data.id);

const refused = await api.startSession({ body: { duration_min: 25 } });
assert.equal(refused.error?.detail.error_code, "ACTIVE_SESSION_EXISTS");
assert.deepEqual(refused.error.detail.errors?.["session_id"], [started.data.id]);
const code: api.ErrorCode = refused.error.detail.error_code;
assert.ok(code);

const completed = await api.updateSession({
  path: { session_id: started.data.id },
  body: { completed: true },
  throwOnError: true,
});
assert.equal(completed.data.status, "completed");
const kinds = await api.listSpecies({ throwOnError: true });
const rose = kinds.data.species.find(({ unlocked }) => unlocked);
assert.ok(rose);
const planted = await api.plant({
  body: { session_id: started.data.id, plant_type: rose.plant_type },
  throwOnError: true,
});
assert.equal(planted.data.plant_num, 1);
const done = await api.listSessions({ query: { completed: true }, throwOnError: true });
assert.equal(done.data.sessions.length, 1);
const stats = await api.getStats({ throwOnError: true });
assert.equal(stats.data.user_id, registered.data.user.id);
const board = await api.xpLeaderboard({ query: { limit: 3 }, throwOnError: true });
assert.ok(board.data.leaderboard.length <= 3);

const refresh_token = registered.data.refresh_token;
assert.ok(refresh_token);
const refreshed = await api.refreshTokens({ body: { refresh_token }, throwOnError: true });
token = refreshed.data.access_token;
await api.whoAmI({ throwOnError: true });
const left = await api.logout({ body: {}, throwOnError: true });
assert.equal(left.response?.status, 204);
const after = await api.getStats();
assert.equal(after.error?.detail.error_code, "TOKEN_INVALID");
