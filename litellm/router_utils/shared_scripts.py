"""What runs inside Redis: the two scripts over the figures of one group of deployments, and the names of their keys.

All keys of a group share a hash tag, so that they are in one slot of a cluster, and all of them expire by themselves.
Times are milliseconds since the epoch, as the callers' clocks tell them; the server's own clock decides nothing.
"""

from litellm.caching.redis_connection import Script

ADMIT = Script(
    """
-- KEYS: usage of this minute, then one set of leases a candidate.
-- ARGV: now, end of the lease, lease, input tokens, output tokens, then six a candidate:
--       id, rpm, tpm, itpm, otpm, parallel (-1: no limit; parallel -2: no lease either).
-- Takes the first candidate with room. Returns its index from 0 (or -1), whether a place at once is all that is missing
-- somewhere, and requests, input, output, leases of every candidate that was looked at.
local input, output = tonumber(ARGV[4]), tonumber(ARGV[5])
local reply = {-1, 0}
for index = 1, #KEYS - 1 do
  local at = 6 * index
  local id, leases = ARGV[at], KEYS[index + 1]
  local rpm, tpm = tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local itpm, otpm, parallel = tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4]), tonumber(ARGV[at + 5])
  local used = redis.call('HMGET', KEYS[1], id .. ':r', id .. ':i', id .. ':o')
  local r, i, o = tonumber(used[1] or 0), tonumber(used[2] or 0), tonumber(used[3] or 0)
  local n = 0
  if parallel > -2 then
    redis.call('ZREMRANGEBYSCORE', leases, '-inf', ARGV[1])
    n = redis.call('ZCARD', leases)
  end
  local in_minute = (rpm < 0 or r + 1 <= rpm) and (tpm < 0 or i + o + input + output <= tpm)
    and (itpm < 0 or i + input <= itpm) and (otpm < 0 or o + output <= otpm)
  local place = parallel < 0 or n + 1 <= parallel
  local granted = in_minute and place
  if granted then
    r, i, o = redis.call('HINCRBY', KEYS[1], id .. ':r', 1), i + input, o + output
    if input ~= 0 then redis.call('HINCRBY', KEYS[1], id .. ':i', input) end
    if output ~= 0 then redis.call('HINCRBY', KEYS[1], id .. ':o', output) end
    redis.call('EXPIRE', KEYS[1], 120)
    if parallel > -2 then
      n = n + redis.call('ZADD', leases, ARGV[2], ARGV[3])
      redis.call('PEXPIRE', leases, ARGV[2] - ARGV[1])
    end
    reply[1] = index - 1
  elseif in_minute then
    reply[2] = 1
  end
  for _, figure in ipairs({r, i, o, n}) do reply[#reply + 1] = figure end
  if granted then break end
end
return reply
"""
)

SYNC = Script(
    """
-- KEYS: usage of this minute, usage of the minute before, cooldowns, the sender's last batch, then two a deployment:
--       its leases, its latencies. ARGV: now, batch (0: nothing to add), samples kept a deployment (0: none are read),
--       number of deployments, their ids, then five sections, each led by its number of entries.
-- A batch that was added already is not added again. Returns four figures a deployment, the cooldowns, the latencies.
local now, kept, count = ARGV[1], tonumber(ARGV[3]), tonumber(ARGV[4])
local at = 5 + count
local function leases(index) return KEYS[3 + 2 * index] end
local function latencies(index) return KEYS[4 + 2 * index] end
local function each(size, act)
  local entries = tonumber(ARGV[at])
  at = at + 1
  for _ = 1, entries do
    act(unpack(ARGV, at, at + size - 1))
    at = at + size
  end
end

if ARGV[2] ~= '0' and redis.call('GET', KEYS[4]) ~= ARGV[2] then
  redis.call('SET', KEYS[4], ARGV[2], 'EX', 120)
  each(5, function(minute, id, r, i, o) -- usage; minute is 1 for this one and 2 for the one before
    local key = KEYS[tonumber(minute)]
    if r ~= '0' then redis.call('HINCRBY', key, id .. ':r', r) end
    if i ~= '0' then redis.call('HINCRBY', key, id .. ':i', i) end
    if o ~= '0' then redis.call('HINCRBY', key, id .. ':o', o) end
    redis.call('EXPIRE', key, 120)
  end)
  each(3, function(index, lease, ends) -- leases taken or kept
    redis.call('ZADD', leases(index), ends, lease)
    redis.call('PEXPIRE', leases(index), math.max(1, ends - now))
  end)
  each(2, function(index, lease) redis.call('ZREM', leases(index), lease) end)
  each(3, function(id, ends, reason) -- cooldowns; one that ends before now is taken back
    if tonumber(ends) <= tonumber(now) then
      redis.call('HDEL', KEYS[3], id)
    else
      redis.call('HSET', KEYS[3], id, ends .. ' ' .. reason)
      if redis.call('PTTL', KEYS[3]) < ends - now then redis.call('PEXPIRE', KEYS[3], ends - now) end
    end
  end)
  each(2, function(index, sample)
    redis.call('RPUSH', latencies(index), sample)
    redis.call('LTRIM', latencies(index), -kept, -1)
    redis.call('EXPIRE', latencies(index), 3600)
  end)
end

local figures, samples = {}, {}
for index = 1, count do
  local id = ARGV[4 + index]
  local used = redis.call('HMGET', KEYS[1], id .. ':r', id .. ':i', id .. ':o')
  redis.call('ZREMRANGEBYSCORE', leases(index), '-inf', now)
  for slot = 1, 3 do figures[#figures + 1] = tonumber(used[slot] or 0) end
  figures[#figures + 1] = redis.call('ZCARD', leases(index))
  if kept > 0 then samples[index] = redis.call('LRANGE', latencies(index), 0, -1) end
end
local cooled = redis.call('HGETALL', KEYS[3])
for place = 1, #cooled, 2 do
  local ends = string.match(cooled[place + 1], '^%d+')
  if tonumber(ends) <= tonumber(now) then redis.call('HDEL', KEYS[3], cooled[place]) end
end
return {figures, cooled, samples}
"""
)


def usage_key(group: str, minute: int) -> str:
    """Requests and tokens of every deployment of the group in one minute."""
    return f"{{litellm:{group}}}:usage:{minute}"


def leases_key(group: str, deployment: str) -> str:
    """Requests that run at a deployment now, by the time at which their lease ends."""
    return f"{{litellm:{group}}}:leases:{deployment}"


def latencies_key(group: str, deployment: str) -> str:
    """The last samples of a deployment: seconds per output token, and to the first token of a stream."""
    return f"{{litellm:{group}}}:latencies:{deployment}"


def cooldowns_key(group: str) -> str:
    """Deployments that are left alone, until when and why."""
    return f"{{litellm:{group}}}:cooldowns"


def batch_key(group: str, sender: str) -> str:
    """The last batch that a process sent."""
    return f"{{litellm:{group}}}:batch:{sender}"
