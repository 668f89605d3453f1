// Runs steps through the generated API client and checks each answer against the API description.
// One step, or a list of steps, per line on stdin; one report, or a list of reports, per line on stdout.
//   { "call": "coreApi.coreUsersList", "args": { "search": "a" } }
//   { "request": { "method": "PATCH", "path": "/core/users/1/", "query": {}, "body": {}, "headers": {} } }
// Settings in the environment variable SETTINGS: { "base": "http://auth.home.test:1234", "token": "…", "hosts": [{ "host", "port", "to" }] }
import http from "node:http";
import https from "node:https";
import readline from "node:readline";
import * as client from "@goauthentik/api";
import { check, operationOfCall, operationOfPath } from "./schema.mjs";

const settings = JSON.parse(process.env.SETTINGS);
const root = settings.base.replace(/\/+$/, "");
const answers = [];

/** Where a name leads: test names stand for this machine, and a port may stand for another. */
function target(url) {
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  const rule = (settings.hosts ?? []).find((each) => (each.host === url.hostname || (each.host.startsWith("*.") && url.hostname.endsWith(each.host.slice(1)))) && (!each.port || each.port === port));
  return { port: rule?.to || port, host: rule ? "127.0.0.1" : url.hostname };
}

/** fetch over node's http module, since its own fetch can neither map names nor trust a test certificate. */
async function send(address, init) {
  const request = new Request(address, init);
  const url = new URL(address);
  const body = init?.body == null ? null : Buffer.from(await request.arrayBuffer());
  const headers = { ...Object.fromEntries(request.headers), host: url.host };
  if (body) headers["content-length"] = body.length;
  const { host, port } = target(url);
  return await new Promise((resolve, reject) => {
    const options = { host, port, path: url.pathname + url.search, method: request.method, headers, rejectUnauthorized: false, servername: url.hostname };
    const outgoing = (url.protocol === "https:" ? https : http).request(options, async (incoming) => {
      const parts = [];
      for await (const part of incoming) parts.push(part);
      const bytes = Buffer.concat(parts);
      const answer = { status: incoming.statusCode, headers: incoming.headers, text: bytes.toString("utf8"), url: address, method: request.method };
      answers.push(answer);
      const empty = incoming.statusCode === 204 || incoming.statusCode === 304;
      resolve(new Response(empty ? null : bytes, { status: incoming.statusCode, headers: Object.entries(incoming.headers).flatMap(([name, value]) => [value].flat().map((one) => [name, one])) }));
    });
    outgoing.on("error", reject);
    outgoing.end(body ?? undefined);
  });
}

// the client wants Date objects where the wire has text
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const dates = (value) => Array.isArray(value) ? value.map(dates)
  : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, dates(item)]))
  : typeof value === "string" && moment.test(value) ? new Date(value) : value;

function credentials(step) {
  const token = step.token === undefined ? settings.token : step.token;
  return token ? { Authorization: `Bearer ${token}` } : {};
}

async function call(step) {
  const [group, method] = step.call.split(".");
  const Api = client[group[0].toUpperCase() + group.slice(1)];
  if (!Api || typeof Api.prototype[method] !== "function") throw new Error(`the client has no ${step.call}`);
  const api = new Api(new client.Configuration({ basePath: `${root}/api/v3`, fetchApi: send, headers: { ...credentials(step), ...step.headers } }));
  return { operation: operationOfCall(method), value: await api[method](dates(step.args ?? {})) };
}

async function request(step) {
  const { method = "GET", path, query, body, text, headers } = step.request;
  const url = new URL(`${root}/api/v3${path}`);
  for (const [name, value] of Object.entries(query ?? {})) for (const one of [value].flat()) url.searchParams.append(name, one);
  const content = body === undefined ? {} : { "content-type": "application/json" };
  await send(url, { method, headers: { accept: "application/json", ...content, ...credentials(step), ...headers }, body: text ?? (body === undefined ? undefined : JSON.stringify(body)) });
  return { operation: operationOfPath(method, url.pathname.slice("/api/v3".length)) };
}

async function run(step) {
  answers.length = 0;
  const report = { step: step.call ?? `${step.request.method ?? "GET"} ${step.request.path}`, violations: [], extras: [] };
  let operation;
  try {
    const done = await (step.call ? call(step) : request(step));
    operation = done.operation;
    report.value = done.value ?? null;
  } catch (error) {
    // an answer that is no success is a result like another
    if (!(error instanceof client.ResponseError)) report.error = String(error?.cause ?? error?.stack ?? error);
    operation = step.call && operationOfCall(step.call.split(".")[1]);
  }
  const answer = answers.at(-1);
  if (!answer) return report;
  Object.assign(report, { status: answer.status, headers: answer.headers, text: answer.text, url: String(answer.url), operation: operation?.id ?? null });
  try { report.body = answer.text === "" ? null : JSON.parse(answer.text); } catch { report.body = null; }
  if (operation) Object.assign(report, check(operation, answer.status, answer.headers["content-type"], report.body));
  return report;
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const steps = JSON.parse(line);
  const reports = [];
  for (const step of [steps].flat()) reports.push(await run(step));
  process.stdout.write(JSON.stringify(Array.isArray(steps) ? reports : reports[0]) + "\n");
}
