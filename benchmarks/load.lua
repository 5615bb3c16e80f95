-- For wrk: asks for the addresses of a file, one after the other, each thread from a place of its own; at the end a line
-- of JSON. In: the name of the file, and how many threads there are.
local threads = 0

function setup(thread)
  thread:set("index", threads)
  threads = threads + 1
end

function init(arguments)
  requests = {}
  for address in io.lines(arguments[1]) do
    requests[#requests + 1] = wrk.format("GET", address)
  end
  current = math.floor(#requests * index / tonumber(arguments[2]))
end

function request()
  current = current % #requests + 1
  return requests[current]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"seconds":%f,"bytes":%d,"median":%f,"p99":%f,"status":%d,"socket":%d,"timeout":%d}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.status, errors.connect + errors.read + errors.write, errors.timeout
  ))
end
