-- Each request speaks for the next of the users whose tokens stand in a file.
local tokens, turn = {}, 0

function init(args)
  for token in io.lines(args[1]) do tokens[#tokens + 1] = token end
  turn = math.random(#tokens)
end

function request()
  turn = turn % #tokens + 1
  return wrk.format("GET", nil, {["Authorization"] = "Bearer " .. tokens[turn]})
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "seconds": %f, "p50": %f, "p99": %f, "failed": %d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
