namespace Hearthkey.Hosting.Metering;

/// <summary>The program and what it takes of the machine.</summary>
internal static class ProcessMetrics
{
    public static void Write(MetricText text, RequestCounts requests)
    {
        text.Family("hearthkey_build_info", "gauge", "Always 1; the labels say which program this is.");
        text.Sample("hearthkey_build_info", 1, ("version", Product.Version), ("commit", Product.Commit));
        requests.Write(text);
        text.Single("hearthkey_process_resident_memory_bytes", "gauge", "Memory of the process that is in the machine's memory.", Environment.WorkingSet);
        text.Single("hearthkey_process_cpu_seconds_total", "counter", "Time of the processor that the process took.", Environment.CpuUsage.TotalTime.TotalSeconds);
        text.Single("hearthkey_threadpool_threads", "gauge", "Threads that serve requests.", ThreadPool.ThreadCount);
        text.Single("hearthkey_gc_heap_bytes", "gauge", "Memory that objects take.", GC.GetTotalMemory(forceFullCollection: false));
        text.Single("hearthkey_gc_allocated_bytes_total", "counter", "Memory that was given to objects.", GC.GetTotalAllocatedBytes());
        text.Single("hearthkey_gc_pause_seconds_total", "counter", "Time for which the process stood still to collect garbage.", GC.GetTotalPauseDuration().TotalSeconds);
        text.Family("hearthkey_gc_collections_total", "counter", "Collections of garbage, by generation.");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
            text.Sample("hearthkey_gc_collections_total", GC.CollectionCount(generation), ("generation", $"{generation}"));
    }
}
