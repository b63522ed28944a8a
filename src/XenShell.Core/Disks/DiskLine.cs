using System.Buffers;
using System.Globalization;

namespace XenShell.Core.Disks;

/// <summary>
/// Reads a disk line as xl does (Xen's libxlu_disk_l.l; xl-disk-configuration(5)): at each place the longest of its rules
/// counts, and of equally long ones the first. A target that is read in another way than xl's would pass for a free one.
/// </summary>
internal sealed class DiskLine(string line)
{
    private const string Raw = "raw", Empty = "empty";

    private static readonly string[] Formats = [Raw, "qcow", "qcow2", "vhd", Empty, "qed"];
    private static readonly string[] FormatPrefixes = ["raw:", "qcow2:", "qcow:", "vhd:"];
    private static readonly string[] ScriptPrefixes = ["drbd:", "iscsi:", "enbd:", "nbd:"];
    private static readonly string[] PlainPrefixes = ["phy:", "file:", "aio:", "tap:", "tap2:", "tapdisk:", "ioemu:"];
    private static readonly string[] Parameters =
        ["format", "vdev", "script", "backend", "access", "devtype", "specification", "backendtype", "colo-host", "colo-port", "colo-export", "active-disk", "hidden-disk"];

    private static readonly string[] Flags = ["direct-io-safe", "discard", "no-discard", "no-colo", "trusted", "untrusted"];
    private static readonly string[] Usages = ["grant_usage=1", "grant_usage=0"];

    private static readonly SearchValues<char> LettersAndDigits = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    private string rest = line;
    private string? target;
    private string? format;
    private string? device;
    private string? script;
    private string? backend;
    private bool hasPrefix;
    private bool hasAccess;
    private bool isReadOnly;
    private bool isShared;
    private bool isCdrom;
    private bool isQemus;
    private bool isOdd; // something stands between target and guest that we do not know

    /// <returns>Null for what xl refuses.</returns>
    internal GuestDisk? Read()
    {
        while ((rest = rest.TrimStart(' ', '\t')).Length > 0)
        {
            if (rest.AsSpan().IndexOfAny('\n', '\0') >= 0 || !(TryTarget() ?? TryPrefix() ?? TryParameter() ?? TryFlag() ?? TryPositional()))
            {
                return null;
            }
        }

        format ??= Raw;
        if (isCdrom)
        {
            (isReadOnly, format) = (true, string.IsNullOrEmpty(target) ? Empty : format);
        }

        var isHostsOwn = backend is null or "Domain-0" || IsZero(backend);
        return device is null || (target is null && !isCdrom) ? null : new GuestDisk(
            target ?? "",
            device,
            !isReadOnly,
            isHostsOwn && format == Raw && script is null && !isCdrom && !isOdd && target!.StartsWith('/'),
            isHostsOwn ? null : backend)
        {
            Format = format,
            IsDrive = isCdrom,
            IsShared = isShared,
            MustBeThere = isHostsOwn && script is null && !isQemus && format != Empty && !isOdd && !string.IsNullOrEmpty(target),
            IsEmpty = format == Empty || string.IsNullOrEmpty(target),
        };
    }

    // strtoul(3) into a domid of 32 bits, as libxl does; of no digits at all it is 0
    private static bool IsZero(string backend)
    {
        var digits = backend.AsSpan().TrimStart(" \t\n\v\f\r");
        digits = digits is ['+' or '-', ..] ? digits[1..] : digits;
        return !digits.ContainsAnyExceptInRange('0', '9')
            && (digits.Length == 0 ? backend.Length == 0 : ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && (uint)number == 0);
    }

    // Each of these is true when it has taken its word, false for an error, and null where it is not meant.
    private bool? TryTarget()
    {
        if (!rest.StartsWith("target=", StringComparison.Ordinal))
        {
            return null;
        }

        var value = rest["target=".Length..];
        rest = "";
        return Save(ref target, value.EndsWith(',') ? value[..^1] : value);
    }

    private bool? TryPrefix()
    {
        var length = rest.AsSpan().IndexOfAnyExcept(LettersAndDigits) + 1;
        if (length < 2 || rest[length - 1] != ':' || char.IsAsciiDigit(rest[0]))
        {
            return null;
        }

        var prefix = rest[..length];
        var isFormat = FormatPrefixes.Contains(prefix);
        var isScript = ScriptPrefixes.Contains(prefix);
        if (isFormat || isScript || PlainPrefixes.Contains(prefix))
        {
            hasPrefix = true;
            rest = rest[length..];
            return isFormat ? SetFormat(prefix[..^1]) : !isScript || Save(ref script, $"block-{prefix[..^1]}");
        }

        return rest.Length == length || !LettersAndDigits.Contains(rest[length]) ? false : null;
    }

    private bool? TryParameter()
    {
        var end = rest.AsSpan().IndexOf(',') is >= 0 and var comma ? comma : rest.Length;
        var equals = rest.AsSpan(0, end).IndexOf('=');
        if (equals < 0 || !Parameters.Contains(rest[..equals]))
        {
            return null;
        }

        var (name, value) = (rest[..equals], rest[(equals + 1)..end]);
        rest = rest[Math.Min(end + 1, rest.Length)..];
        switch (name)
        {
            case "format": return SetFormat(value);
            case "vdev": return Save(ref device, value);
            case "script": return Save(ref script, value);
            case "backend": return Save(ref backend, value);
            case "access": return SetAccess(value);
            case "devtype": return SetType(value);
            case "specification": return value is "xen" or "virtio";
            case "backendtype":
                isOdd |= value is "tap" or "standalone";
                isQemus = value == "qdisk";
                return value is "phy" or "qdisk" or "tap" or "standalone";
            default: // colo's
                isOdd = true;
                return true;
        }
    }

    private bool? TryFlag()
    {
        var word = Array.Find(Usages, usage => rest == usage || rest.StartsWith($"{usage},", StringComparison.Ordinal))
            ?? (rest.AsSpan().IndexOfAny(',', '=') is >= 0 and var end ? rest[..end] : rest);
        switch (word)
        {
            case "cdrom": isCdrom = true; break;
            case "colo": isOdd = true; break;
            default:
                if (!Flags.Contains(word) && !Usages.Contains(word))
                {
                    return null;
                }

                break;
        }

        rest = rest[word.Length..];
        rest = rest.StartsWith(',') ? rest[1..] : rest;
        return true;
    }

    private bool TryPositional()
    {
        var end = rest.AsSpan().IndexOfAny('=', ',');
        if (end == 0 && rest[0] == '=')
        {
            var isLast = rest.Length == 1; // which the lexer drops without a word
            rest = "";
            return isLast;
        }

        var word = end < 0 ? rest : rest[..end];
        rest = end < 0 ? "" : rest[(rest[end] == ',' ? end + 1 : end)..];
        if (target is null)
        {
            target = word;
            return true;
        }

        if (!hasPrefix && format is null)
        {
            return target.Length == 0 && word.Contains(':', StringComparison.Ordinal) ? SetDeviceAndType(word) && SetFormat(Empty) : SetFormat(word);
        }

        if (device is null)
        {
            return word.Contains(':', StringComparison.Ordinal) ? SetDeviceAndType(word) : Save(ref device, word);
        }

        var isFirst = !hasAccess;
        hasAccess = true;
        return isFirst && SetAccess(word);
    }

    // "xvda:disk", xm's
    private bool SetDeviceAndType(string word)
    {
        var colon = word.LastIndexOf(':');
        return Save(ref device, word[..colon]) && SetType(word[(colon + 1)..]);
    }

    private bool SetType(string type)
    {
        isCdrom = type == "cdrom";
        return type is "cdrom" or "disk";
    }

    private bool SetFormat(string value)
    {
        value = value.Length == 0 ? Raw : value;
        var isOne = Formats.Contains(value) && (format is null || format == value);
        format = value;
        return isOne;
    }

    // "w!" is xm's: nobody has it alone
    private bool SetAccess(string value)
    {
        isShared = value == "w!";
        isReadOnly = isShared || value is "r" or "ro";
        return value is "r" or "ro" or "w" or "rw" or "" or "w!";
    }

    private static bool Save(ref string? place, string value)
    {
        var isNew = string.IsNullOrEmpty(place);
        place = value;
        return isNew;
    }
}
