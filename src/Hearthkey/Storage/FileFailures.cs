namespace Hearthkey.Storage;

/// <summary>Why a file could not be written, by the number that the system gave.</summary>
internal static class FileFailures
{
    // errno of Linux
    private const int NoSpace = 28, ReadOnlyFileSystem = 30;

    public static bool IsReadOnlyDisk(this IOException failure) => failure.HResult == ReadOnlyFileSystem;

    public static bool IsFullDisk(this IOException failure) => failure.HResult == NoSpace;

    /// <summary>Why nothing can be written into the data folder and what to do, as a sentence; null where the failure is of another kind.</summary>
    public static string? WhyReadOnly(Exception failure, string folder) => failure switch
    {
        UnauthorizedAccessException =>
            $"The data folder {folder} is read-only for the user that runs Hearthkey: make the folder and the files in it writable for that user, or give them to it.",
        IOException disk when disk.IsReadOnlyDisk() => $"The data folder {folder} is on a disk that is read-only: mount it writable.",
        IOException disk when disk.IsFullDisk() => $"The disk of the data folder {folder} is full: free some space.",
        _ => null,
    };
}
