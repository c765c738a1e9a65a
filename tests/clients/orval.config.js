// Two clients of orval's: functions on fetch, and zod shapes for what they answer.
const input = { target: "generated/openapi.json" };

export default {
  fetch: {
    input,
    output: {
      target: "generated/orval/fetch.ts",
      schemas: "generated/orval/model",
      client: "fetch",
      mode: "split",
      baseUrl: process.env.ORIGIN,
    },
  },
  zod: {
    input,
    output: { target: "generated/orval/zod.ts", client: "zod", mode: "single" },
  },
};
