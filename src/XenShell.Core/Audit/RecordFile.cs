using XenShell.Core.Limits;
using XenShell.Core.Native;

namespace XenShell.Core.Audit;

/// <summary>
/// audit.log: opened for appending, one write a line, so that concurrent gates do not mix theirs. Blocks beyond its
/// end are its own already: when the disk is full, acts still find room there. What does no harm unwritten
/// must leave the disk a rest, so that it cannot take that room.
/// </summary>
internal sealed class RecordFile(string path)
{
    /// <exception cref="IOException">There is no room even in the reserve, or no file.</exception>
    internal void Append(byte[] line)
    {
        using var file = FileSystem.OpenToAppend(path);

        // Half a line, of a full disk or a power cut, must not swallow this one.
        file.WriteAll(file.EndsWithLine() ? line : [(byte)'\n', .. line]);
        var status = file.Status();
        if (status.Taken - status.Size < Sizes.RecordReserve / 2)
        {
            file.TryReserve(status.Size, Sizes.RecordReserve);
        }
    }

    /// <summary>The same where there is room for more than acts.</summary>
    /// <returns>False when there is none.</returns>
    internal bool TryAppend(byte[] line)
    {
        try
        {
            var disk = FileSystem.Disk(path[..path.LastIndexOf('/')]);
            if (disk.Free < Math.Min(Sizes.KeptFree, disk.Size / Sizes.KeptFreePart))
            {
                return false;
            }

            Append(line);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
