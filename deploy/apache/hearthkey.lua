-- Asks Hearthkey whether a request may pass; see forward-auth.conf. Needs lua-socket.
-- The application is told who is there; what a visitor makes up is taken out, however it is spelt.

local http = require("socket.http")
local ltn12 = require("ltn12")
http.TIMEOUT = 5

-- the check sees what tells who asks and what for; the rest of the request is the application's
local asked = { "Cookie", "Authorization", "User-Agent", "Accept", "X-Requested-With", "Sec-Fetch-Mode", "Sec-Fetch-Dest", "Sec-Fetch-Site" }

-- one spelling for all that an application may read as one
local function plain_of(name)
  return (name:lower():gsub("[^%a%d]", "-"))
end

-- "Connection: X-Authentik-Username" would take the name out again on its way to the application
local function connection_of(r)
  local kept = {}
  for token in (r.headers_in["Connection"] or ""):lower():gmatch("[^%s,]+") do
    if token == "close" or token == "keep-alive" or token == "upgrade" then
      table.insert(kept, token)
    end
  end
  return #kept > 0 and table.concat(kept, ", ") or nil
end

local function url_of(r)
  local target = r.unparsed_uri
  if target:sub(1, 1) ~= "/" then
    -- the request line has the whole address; Apache has made sure of its host
    target = target:match("^%a+://[^/?#]*(.*)$") or ""
  end
  return (r.is_https and "https" or "http") .. "://" .. (r.headers_in["Host"] or "") .. target
end

function check(r)
  r.headers_in["Connection"] = connection_of(r)
  -- Apache sends this path to Hearthkey itself; what comes by this way is never answered as a check
  if r.uri:sub(1, 24) == "/outpost.goauthentik.io/" then
    r.headers_in["X-Hearthkey-Browser"] = "yes"
    return apache2.DECLINED
  end
  local made_up = {}
  for name, _ in pairs(r:headers_in_table()) do
    if plain_of(name):sub(1, 12) == "x-authentik-" then
      table.insert(made_up, name)
    end
  end
  for _, name in ipairs(made_up) do
    r.headers_in[name] = nil
  end

  local url = url_of(r)
  local headers = { ["X-Original-URL"] = url, ["X-Original-Method"] = r.method, ["X-Forwarded-For"] = r.useragent_ip }
  for _, name in ipairs(asked) do
    headers[name] = r.headers_in[name]
  end
  local done, status, answer = http.request({
    url = r.subprocess_env["HEARTHKEY_SERVER"] .. "/outpost.goauthentik.io/auth/apache",
    headers = headers, redirect = false, sink = ltn12.sink.null(),
  })
  if done == nil then
    return 503
  end
  if status == 200 then
    for name in (answer["x-hearthkey-names"] or ""):lower():gmatch("[^,]+") do
      local spelt = {}
      for sent, _ in pairs(r:headers_in_table()) do
        if plain_of(sent) == name then
          table.insert(spelt, sent)
        end
      end
      for _, sent in ipairs(spelt) do
        r.headers_in[sent] = nil
      end
      if answer[name] and answer[name] ~= "" then
        r.headers_in[name] = answer[name]
      end
    end
    for name, value in pairs(answer) do
      if name:sub(1, 12) == "x-authentik-" and value ~= "" then
        r.headers_in[name] = value
      end
    end
    return apache2.DECLINED
  end
  if status == 401 then
    r.err_headers_out["Location"] = "/outpost.goauthentik.io/start?rd=" .. r:escape(url)
    r.err_headers_out["Cache-Control"] = "no-store"
    return 302
  end
  return status == 403 and 403 or 503
end
