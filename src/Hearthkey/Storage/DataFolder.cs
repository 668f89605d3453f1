namespace Hearthkey.Storage;

/// <summary>The folder of the instance: database, master key, files.</summary>
internal static class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes it when it is missing; never changes the permissions of one that is there.</summary>
    public static void Make(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows()) global::System.IO.Directory.CreateDirectory(folder);
            else global::System.IO.Directory.CreateDirectory(folder, OwnerOnly);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            var reason = failure switch
            {
                IOException disk when disk.IsReadOnlyDisk() => "its disk is read-only. Mount it writable, or choose another folder.",
                IOException disk when disk.IsFullDisk() => "its disk is full. Free some space.",
                _ => "create it and give it to the user that runs Hearthkey.",
            };
            throw new StorageUnavailableException($"The data folder {folder} cannot be made: {reason}", failure);
        }
    }
}
