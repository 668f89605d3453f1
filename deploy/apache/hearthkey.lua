-- Asks Hearthkey whether a request may pass; see forward-auth.conf. Needs lua-socket.
-- The application is told who is there; what a visitor makes up is taken out, however it is spelt.

local http = require("socket.http")
local ltn12 = require("ltn12")
http.TIMEOUT = 5

-- the check sees what tells who asks and what for; the rest of the request is the application's
local asked = { "Cookie", "Authorization", "User-Agent", "Accept", "X-Requested-With", "Sec-Fetch-Mode", "Sec-Fetch-Dest", "Sec-Fetch-Site" }

local function url_of(r)
  local target = r.unparsed_uri
  if target:sub(1, 1) ~= "/" then
    -- the request line has the whole address; Apache has made sure of its host
    target = target:match("^%a+://[^/?#]*(.*)$") or ""
  end
  return (r.is_https and "https" or "http") .. "://" .. (r.headers_in["Host"] or "") .. target
end

function check(r)
  -- Apache sends this path to Hearthkey itself
  if r.uri:sub(1, 24) == "/outpost.goauthentik.io/" then
    return apache2.DECLINED
  end
  local made_up = {}
  for name, _ in pairs(r:headers_in_table()) do
    if name:lower():gsub("_", "-"):sub(1, 12) == "x-authentik-" then
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
        if (sent:lower():gsub("_", "-")) == name then
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
  return 503
end
