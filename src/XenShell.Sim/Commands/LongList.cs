using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using XenShell.Core.Disks;
using XenShell.Sim.Domains;

namespace XenShell.Sim.Commands;

/// <summary>xl list -l: the domains' configurations as libxl's generator lays them out.</summary>
internal static class LongList
{
    public static string Format(IReadOnlyList<Domain> domains) =>
        "[\n" + string.Join(",\n", domains.Select(domain => domain.Id == 0 ? Zero(domain) : Guest(domain))) + "\n]\n\n";

    private static string Zero(Domain domain) =>
        $$"""
            {
                "domid": 0,
                "config": {
                    "c_info": {
                        "type": "pv",
                        "name": "Domain-0"
                    },
                    "b_info": {
                        "max_memkb": {{domain.MaxMemoryKb}},
                        "target_memkb": {{domain.MemoryKb - 1}},
        {{Scheduler}}
        {{Architecture("")}}
                    }
                }
            }
        """;

    private static string Guest(Domain domain) =>
        $$"""
            {
                "domid": {{domain.Id}},
                "config": {
                    "c_info": {
                        "type": "pv",
                        "name": {{Quote(domain.Name)}},
                        "domid": 4294967295,
                        "uuid": "{{domain.Uuid}}",
                        "run_hotplug_scripts": "True"
                    },
                    "b_info": {
                        "max_vcpus": {{domain.Vcpus}},
                        "avail_vcpus": [
                            {{string.Join(",\n                    ", Enumerable.Range(0, domain.Vcpus))}}
                        ],
                        "max_memkb": {{domain.MaxMemoryKb}},
                        "target_memkb": {{domain.MemoryKb}},
                        "video_memkb": 0,
        {{Scheduler}}
                        "claim_mode": "True",
        {{Text("kernel", domain.Kernel)}}{{Text("cmdline", domain.CommandLine)}}{{Text("ramdisk", domain.Ramdisk)}}{{Architecture("\n                    \"msr_relaxed\": \"False\"")}}
                    },
        {{Disks(domain)}}{{Actions(domain)}}
                    "on_soft_reset": "soft_reset"
                }
            }
        """;

    private const string Scheduler =
        """
                        "sched_params": {
                            "sched": "credit2",
                            "weight": 256,
                            "cap": 0
                        },
        """;

    private static string Architecture(string x86) =>
        $$"""
                        "type.pv": {

                        },
                        "arch_arm": {

                        },
                        "arch_x86": {{{(x86.Length == 0 ? "\n" : x86)}}
                        }
        """;

    private static string Text(string key, string value) => value.Length == 0 ? "" : $"                \"{key}\": {Quote(value)},\n";

    private static string Disks(Domain domain)
    {
        var disks = domain.Disks.Select(GuestDisk.Parse).OfType<GuestDisk>().ToList();
        return disks.Count == 0 ? "" : "            \"disks\": [\n" + string.Join(",\n", disks.Select(disk =>
            $$"""
                            {
                                "pdev_path": {{Quote(disk.Target)}},
                                "vdev": {{Quote(disk.Device)}},
                                "format": "raw"{{(disk.IsWritable ? ",\n                    \"readwrite\": 1" : "")}}
                            }
            """)) + "\n            ],\n";
    }

    // What is libxl's default ("destroy") is left out.
    private static string Actions(Domain domain)
    {
        var lines = new StringBuilder();
        foreach (var (key, action) in (ReadOnlySpan<(string, string)>)[("on_poweroff", domain.OnPoweroff), ("on_reboot", domain.OnReboot), ("on_crash", domain.OnCrash)])
        {
            if (action != "destroy")
            {
                lines.Append($"            \"{key}\": \"{action.Replace('-', '_')}\",\n");
            }
        }

        return lines.ToString().TrimEnd('\n');
    }

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
