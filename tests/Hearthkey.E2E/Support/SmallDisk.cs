namespace Hearthkey.E2E.Support;

/// <summary>
/// A disk of a few megabytes on a folder: ext4 in a file, through a loop device. It can be filled, and it can fail as a real one does: after an
/// error the system makes it read-only beneath the programs that have files open there. Needs root, or <c>sudo</c> without a password.
/// </summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private readonly TempFolder _folder = new("disk");
    private string _device = "";

    private SmallDisk()
    {
    }

    /// <summary>Where it is mounted.</summary>
    public string Path => _folder.At("data");

    private string Image => _folder.At("image");

    // a file that only root may write takes the reserve too
    private string Filling => System.IO.Path.Combine(Path, "filling");

    /// <summary>A new one that belongs to whom servers run as in these tests.</summary>
    public static async Task<SmallDisk> MountAsync()
    {
        var disk = new SmallDisk();
        try
        {
            Directory.CreateDirectory(disk.Path);
            await using (var image = File.Create(disk.Image)) image.SetLength(24 << 20);
            await ChildProcess.RunAsync("/usr/sbin/mkfs.ext4", ["-q", "-F", "-m", "0", "-O", "^has_journal", disk.Image]);
            await disk.AttachAsync();
            await RootAsync("chown", Environment.IsPrivilegedProcess ? "nobody" : Environment.UserName, disk.Path);
            return disk;
        }
        catch
        {
            await disk.DisposeAsync();
            throw;
        }
    }

    /// <summary>Leaves not one byte.</summary>
    public Task FillAsync() => RootAsync("sh", "-c", $"cat /dev/zero > '{Filling}' 2> /dev/null; test -s '{Filling}'");

    public Task FreeAsync() => RootAsync("rm", Filling);

    /// <summary>Tells the file system that it found an error, upon which it turns read-only at once.</summary>
    public async Task BreakAsync()
    {
        await RootAsync("sh", "-c", $"echo 1 > /sys/fs/ext4/{System.IO.Path.GetFileName(_device)}/trigger_fs_error");
        await Should.ThrowAsync<InvalidOperationException>(() => RootAsync("touch", System.IO.Path.Combine(Path, "x")));
    }

    /// <summary>What an operator does then: unmounts it, although it is in use, repairs it and mounts it again.</summary>
    public async Task RepairAsync()
    {
        await RootAsync("umount", "--lazy", Path);
        await RootAsync("sh", "-c", $"/usr/sbin/e2fsck -f -y '{Image}' > /dev/null 2>&1 || test $? -eq 1");
        await AttachAsync();
    }

    /// <summary>Mounts it so that nothing can be written, or again as it was; nobody may have a file open there.</summary>
    public Task ProtectAsync(bool isReadOnly) => RootAsync("mount", "-o", isReadOnly ? "remount,ro" : "remount,rw", Path);

    public async ValueTask DisposeAsync()
    {
        if (_device.Length > 0) await RootAsync("umount", "--lazy", Path);
        _folder.Dispose();
    }

    private async Task AttachAsync()
    {
        // a device of its own each time: the system would go on with the broken file system behind the old one
        _device = (await RootAsync("losetup", "--find", "--show", Image)).Trim();
        await RootAsync("mount", "-o", "errors=remount-ro", _device, Path);
        // the device goes with the mount
        await RootAsync("losetup", "--detach", _device);
    }

    private static Task<string> RootAsync(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess ? ChildProcess.RunAsync(program, arguments) : ChildProcess.RunAsync("sudo", ["-n", program, .. arguments]);
}
