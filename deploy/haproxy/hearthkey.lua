-- Asks Hearthkey whether a request may pass:  http-request lua.hearthkey http://127.0.0.1:9000
-- Sets txn.hearthkey_status (200 passes, 401 needs a login, 403 may not pass, 0 where nobody answered) and txn.hearthkey_url, the address that was asked for.
-- The application is told who is there; what a visitor makes up is taken out, however it is spelt.

local hop = {
  ["connection"] = true, ["content-length"] = true, ["expect"] = true, ["host"] = true, ["keep-alive"] = true,
  ["proxy-connection"] = true, ["te"] = true, ["trailer"] = true, ["transfer-encoding"] = true, ["upgrade"] = true,
}

-- one spelling for all that an application may read as one
local function plain_of(name)
  return (name:lower():gsub("[^%a%d]", "-"))
end

local function starts(text, with)
  return text:sub(1, #with) == with
end

-- a header that says which address was asked for is ours to write
local function names_address(name)
  return name == "forwarded" or starts(name, "x-hearthkey-") or starts(name, "x-original-") or starts(name, "x-forwarded-")
end

core.register_action("hearthkey", { "http-req" }, function(txn, server)
  local scheme = txn.f:ssl_fc() == 1 and "https" or "http"
  local url = scheme .. "://" .. (txn.f:req_hdr("host") or "") .. txn.f:pathq()
  local headers = { ["x-original-url"] = { url }, ["x-original-method"] = { txn.f:method() }, ["x-forwarded-for"] = { txn.f:src() } }
  for name, values in pairs(txn.http:req_get_headers()) do
    local plain = plain_of(name)
    if starts(plain, "x-authentik-") then
      txn.http:req_del_header(name)
    elseif not hop[name] and not names_address(plain) then
      headers[name] = {}
      for _, value in pairs(values) do
        table.insert(headers[name], value)
      end
    end
  end

  local answer = core.httpclient():head({
    url = server .. "/outpost.goauthentik.io/auth/nginx", headers = headers, timeout = 5000,
  })
  local status = answer and answer.status or 0
  if status == 200 then
    for _, names in pairs(answer.headers["x-hearthkey-names"] or {}) do
      for name in names:lower():gmatch("[^,]+") do
        for sent, _ in pairs(txn.http:req_get_headers()) do
          if plain_of(sent) == name then
            txn.http:req_del_header(sent)
          end
        end
        for _, value in pairs(answer.headers[name] or {}) do
          if value ~= "" then
            txn.http:req_set_header(name, value)
          end
        end
      end
    end
    for name, values in pairs(answer.headers) do
      if starts(name, "x-authentik-") then
        for _, value in pairs(values) do
          if value ~= "" then
            txn.http:req_set_header(name, value)
          end
        end
      end
    end
  end
  txn:set_var("txn.hearthkey_status", status)
  txn:set_var("txn.hearthkey_url", url)
end, 1)
