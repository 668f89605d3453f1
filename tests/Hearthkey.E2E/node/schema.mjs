// Checks answers against the API description that ships with the client package (OpenAPI 3.0 turned into JSON Schema).
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { parse } from "yaml";

const file = createRequire(import.meta.url).resolve("@goauthentik/api/package.json").replace("package.json", "schema.yml");
const api = parse(readFileSync(file, "utf8"), { maxAliasCount: -1 });
const methods = ["get", "post", "put", "patch", "delete"];
const noise = new Set(["nullable", "readOnly", "writeOnly", "discriminator", "example", "description", "title", "default", "deprecated", "xml", "externalDocs"]);

/** One OpenAPI 3.0 schema as JSON Schema. A closed object allows only the properties that are described. */
function convert(schema, closed) {
  if (Array.isArray(schema)) return schema.map((item) => convert(item, closed));
  if (schema === null || typeof schema !== "object") return schema;
  if (schema.$ref) return { $ref: "api#/$defs/" + schema.$ref.split("/").pop() };

  const out = {};
  for (const [key, value] of Object.entries(schema)) {
    if (noise.has(key) || key.startsWith("x-")) continue;
    if (key === "properties") {
      // what may only be written is never part of an answer
      const shown = Object.entries(value).filter(([, property]) => !property.writeOnly);
      out.properties = Object.fromEntries(shown.map(([name, property]) => [name, convert(property, closed)]));
    } else if (key === "required") {
      out.required = value.filter((name) => !schema.properties?.[name]?.writeOnly);
    } else if (key === "oneOf") {
      out.anyOf = convert(value, closed);
    } else if (key === "enum" || key === "type" || key === "format" || key === "pattern") {
      out[key] = value;
    } else {
      out[key] = convert(value, closed);
    }
  }
  for (const [flag, limit] of [["exclusiveMinimum", "minimum"], ["exclusiveMaximum", "maximum"]]) {
    if (out[flag] === true) { out[flag] = out[limit]; delete out[limit]; } else if (out[flag] === false) delete out[flag];
  }
  if (closed && out.properties && out.additionalProperties === undefined && !out.allOf && !out.anyOf) out.additionalProperties = false;
  if (!schema.nullable) return out;
  if (typeof out.type !== "string") return { anyOf: [out, { type: "null" }] };
  return { ...out, type: [out.type, "null"], ...(out.enum ? { enum: [...out.enum, null] } : {}) };
}

function compiler(closed) {
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, verbose: false });
  addFormats(ajv);
  ajv.addFormat("uri", (text) => URL.canParse(text));
  ajv.addSchema({ $id: "api", $defs: Object.fromEntries(Object.entries(api.components.schemas).map(([name, schema]) => [name, convert(schema, closed)])) });
  return ajv;
}

const open = compiler(false);
const closed = compiler(true);
const compiled = new Map();

function validator(ajv, operation, status, schema) {
  const key = `${ajv === closed} ${operation.id} ${status}`;
  if (!compiled.has(key)) compiled.set(key, ajv.compile(convert(schema, ajv === closed)));
  return compiled.get(key);
}

const camel = (id) => id.replace(/_+([a-z0-9])/g, (_, letter) => letter.toUpperCase());

/** Every operation: id, name of the client's method, HTTP method, path template and its answers. */
export const operations = Object.entries(api.paths).flatMap(([template, item]) =>
  methods.filter((method) => item[method]).map((method) => ({
    id: item[method].operationId,
    call: camel(item[method].operationId),
    method: method.toUpperCase(),
    template,
    parameters: (template.match(/\{/g) ?? []).length,
    pattern: new RegExp("^" + template.replace(/[.]/g, "\\.").replace(/\{[^}]+\}/g, "[^/]+") + "$"),
    responses: item[method].responses,
  })));

const byCall = new Map(operations.map((operation) => [operation.call, operation]));
const byFewestParameters = [...operations].sort((a, b) => a.parameters - b.parameters);

export const operationOfCall = (name) => byCall.get(name);

/** The operation that a path below /api/v3 means; the more literal one wins. */
export const operationOfPath = (method, path) =>
  byFewestParameters.find((operation) => operation.method === method && operation.pattern.test(path));

const show = (error) => `${error.instancePath || "/"} ${error.message}` +
  (error.params?.additionalProperty ? ` (${error.params.additionalProperty})` : "") +
  (error.params?.allowedValues ? ` (${error.params.allowedValues.slice(0, 8).join(", ")})` : "");

const described = (document, schema) => schema?.$ref ? document.components.schemas[schema.$ref.split("/").pop()] : schema ?? {};
const bodyOf = (document, operation) => Object.keys(described(document, operation.requestBody?.content?.["application/json"]?.schema).properties ?? {});
const queryOf = (document, operation) => (operation.parameters ?? [])
  .map((parameter) => parameter.$ref ? document.components.parameters[parameter.$ref.split("/").pop()] : parameter)
  .filter((parameter) => parameter.in === "query").map((parameter) => parameter.name);

/** Resources that the API has not, and we do (docs/decisions/0010). */
const added = ["/providers/proxy_hosts/"];

/** What a server's own description has otherwise than the package's: paths, names of operations, query arguments and fields that it does not know. */
function differences(own) {
  return Object.entries(own.paths).flatMap(([path, item]) => Object.entries(item).flatMap(([method, operation]) => {
    const model = api.paths[path]?.[method];
    // read-only resources have their "used by" all the same; the description is not asked for in languages, nor the health of one outpost
    // narrowed by the filters of a list of outposts; what is not built takes nothing
    if (!model) return path.endsWith("/used_by/") || added.some((resource) => path.startsWith(resource)) ? [] : [`${method} ${path} is not in the API`];
    if (["schema_retrieve", "outposts_instances_health_list", "events_events_export_create"].includes(model.operationId)) return [];
    const missing = (kind, known, wanted) => wanted.filter((name) => !known.includes(name)).map((name) => `${method} ${path} does not know the ${kind} ${name}`);
    const fields = bodyOf(own, operation);
    return [
      ...(operation.operationId === model.operationId ? [] : [`${method} ${path} is ${operation.operationId}, not ${model.operationId}`]),
      ...missing("argument", queryOf(own, operation), queryOf(api, model)),
      ...(fields.length ? missing("field", fields, bodyOf(api, model)) : []),
    ];
  }));
}

/** What in this answer is not as described; `extras` are properties that the description does not have. */
export function check(operation, status, contentType, body) {
  const response = operation.responses[String(status)];
  if (!response) {
    return { described: false, violations: status < 300 ? [`status ${status} is not described, only ${Object.keys(operation.responses).join(", ")}`] : [], extras: [] };
  }
  if (operation.id === "schema_retrieve" && status === 200) return { described: true, violations: differences(body), extras: [] };
  const json = response.content?.["application/json"]?.schema;
  if (!json) return { described: true, violations: [], extras: [] };
  if (!/^application\/json\b/.test(contentType ?? "")) return { described: true, violations: [`content type is ${contentType || "missing"}, not application/json`], extras: [] };

  const loose = validator(open, operation, status, json);
  const violations = loose(body) ? [] : [...new Set(loose.errors.map(show))];
  if (violations.length) return { described: true, violations, extras: [] };
  const tight = validator(closed, operation, status, json);
  const extras = tight(body) ? [] : tight.errors.filter((error) => error.keyword === "additionalProperties")
    .map((error) => `${error.instancePath}/${error.params.additionalProperty}`);
  return { described: true, violations: [], extras: [...new Set(extras)] };
}
