namespace Hearthkey.Storage;

/// <summary>A JSON object or array on its way into a <c>jsonb</c> column. PostgreSQL keeps the meaning, not the spelling: key order and blanks change.</summary>
/// <param name="Text">Never a bare number or string: SQLite would store it as an integer.</param>
public readonly record struct Json(string Text);
