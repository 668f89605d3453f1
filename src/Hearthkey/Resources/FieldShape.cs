using System.Text.Json.Serialization.Metadata;

namespace Hearthkey.Resources;

/// <summary>One field of an input as the resource reads it: what the API description says of it.</summary>
/// <param name="Type">Type of JSON: <c>string</c>, <c>boolean</c>, <c>integer</c>, <c>array</c>, <c>object</c>.</param>
/// <param name="Format">Such as <c>uuid</c> or <c>date-time</c>.</param>
/// <param name="ItemType">Type of an array's items; null where they are objects.</param>
/// <param name="Choices">All values that are taken.</param>
/// <param name="OnlyJson">The one value, as JSON, that is taken as long as the field's behaviour is not built.</param>
public sealed record FieldShape(
    string Name, string Type, bool IsRequired = false, bool IsNullable = false, string? Format = null, string? ItemType = null,
    IReadOnlyList<string>? Choices = null, string? OnlyJson = null);

/// <summary>What a resource takes and answers.</summary>
/// <param name="Answer">The record in wire shape.</param>
/// <param name="Fields">What may be sent on create and update.</param>
/// <param name="Filters">Query arguments that narrow the list.</param>
/// <param name="Switches">Query arguments that choose what is shown.</param>
public sealed record ResourceShape(JsonTypeInfo Answer, IReadOnlyList<FieldShape> Fields, IReadOnlyList<string> Filters, IReadOnlyList<string> Switches);

/// <summary>Metadata of an endpoint that is a door of a resource.</summary>
/// <param name="Verb">As the API's description names operations: <c>list</c>, <c>retrieve</c>, <c>create</c>, <c>update</c>, <c>partial_update</c>, <c>destroy</c>, <c>used_by_list</c>.</param>
public sealed record ResourceDoor(Resource Resource, string Verb);

/// <summary>Metadata of any other endpoint: the shape of its answer when all went well.</summary>
/// <param name="Query">Its query arguments.</param>
public sealed record AnswerShape(JsonTypeInfo Json, params IReadOnlyList<string> Query);
