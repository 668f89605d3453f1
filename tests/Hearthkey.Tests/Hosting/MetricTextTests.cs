using Hearthkey.Hosting;

namespace Hearthkey.Tests.Hosting;

public sealed class MetricTextTests
{
    [Fact]
    public void It_is_written_as_the_format_wants_it()
    {
        var text = new MetricText();

        text.Family("a_total", "counter", "What it counts.");
        text.Sample("a_total", 3);
        text.Sample("a_total", 0.25, ("host", "a\"b\\c\nd"), ("le", "+Inf"));

        text.ToString().ShouldBe("# HELP a_total What it counts.\n# TYPE a_total counter\na_total 3\na_total{host=\"a\\\"b\\\\c\\nd\",le=\"+Inf\"} 0.25\n");
    }
}
