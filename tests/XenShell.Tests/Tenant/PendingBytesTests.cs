using XenShell.Tenant.Console;

namespace XenShell.Tests.Tenant;

public sealed class PendingBytesTests
{
    private const int Limit = 1 << 20;

    // TU: a paste that goes on for ever to a guest that takes a byte less than comes: 912 MiB through a limit of one
    [Test]
    public void WhatWasTakenIsNotKept()
    {
        var pending = new PendingBytes(Limit);
        var chunk = new byte[16384];
        for (var i = 0; i < 10_000; i++)
        {
            if (!pending.IsFull)
            {
                pending.Add(chunk);
            }

            pending.Drop(Math.Min(chunk.Length - 1, pending.Bytes.Length - 1));
        }

        Assert.That(pending.Capacity, Is.LessThanOrEqualTo(4 * Limit));
    }

    [Test]
    public void EveryByteComesOnceAndInOrder()
    {
        var (pending, got, next) = (new PendingBytes(Limit), new List<byte>(), 0);
        for (var i = 1; got.Count < 5000; i++)
        {
            pending.Add([.. Enumerable.Range(0, i % 40).Select(_ => (byte)next++)]);
            var taken = Math.Min(i * 7 % 31, pending.Bytes.Length);
            got.AddRange(pending.Bytes[..taken]);
            pending.Drop(taken);
        }

        Assert.That(got, Is.EqualTo(Enumerable.Range(0, got.Count).Select(n => (byte)n)));
    }
}
