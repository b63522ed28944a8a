namespace XenShell.Sim.Guests;

/// <summary>What will happen in a guest, by the guest's own time.</summary>
internal sealed class Timeline
{
    private readonly PriorityQueue<Action, (long Due, int Order)> queue = new();
    private int count;

    /// <summary>Guest time of the next event; null when nothing will happen by itself.</summary>
    public long? Next => queue.TryPeek(out _, out var key) ? key.Due : null;

    public void At(long due, Action action) => queue.Enqueue(action, (due, count++));

    public void Clear() => queue.Clear();

    public void RunUntil(long now)
    {
        while (queue.TryPeek(out var action, out var key) && key.Due <= now)
        {
            queue.Dequeue();
            action();
        }
    }
}
