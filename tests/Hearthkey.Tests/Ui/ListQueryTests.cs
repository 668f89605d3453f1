using Hearthkey.Ui;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Tests.Ui;

public sealed class ListQueryTests
{
    private static readonly string[] _sortable = ["name", "slug"];

    [Fact]
    public void A_list_query_reads_back_what_it_wrote()
    {
        var query = Read("?search=a%26b&group=x%20y&ordering=-slug&page=3&page_size=50");

        query.Search.ShouldBe("a&b");
        (query.Ordering, query.IsDescending, query.Page, query.PageSize, query.Offset).ShouldBe(("slug", true, 3, 50, 100));
        query.Url.ShouldBe("/list/?search=a%26b&group=x%20y&ordering=-slug&page=3&page_size=50");
        Read(query.Url["/list/".Length..]).Url.ShouldBe(query.Url);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?page=0&page_size=-1&ordering=password")]
    [InlineData("?page=x&page_size=x&ordering=--&group=")]
    public void What_an_address_says_wrongly_counts_as_not_said(string address) => Read(address).Url.ShouldBe("/list/?ordering=name");

    [Fact]
    public void A_page_is_never_larger_than_the_api_allows() => Read("?page_size=100000").PageSize.ShouldBe(100);

    [Fact]
    public void Ordering_by_the_same_field_turns_round_and_goes_to_the_first_page()
    {
        var query = Read("?page=4");

        query.OrderedBy("name").ShouldBe("/list/?ordering=-name");
        query.OrderedBy("slug").ShouldBe("/list/?ordering=slug");
    }

    [Fact]
    public void A_pager_offers_the_pages_around_the_current_one()
    {
        var html = Tables.Pager(Read("?page=4"), "list", 200).ToString();

        html.ShouldContain("61&#x2013;80 of 200");
        html.ShouldContain("aria-current=\"page\">4<");
        html.ShouldContain("href=\"/list/?ordering=name&amp;page=6\"");
        html.ShouldNotContain("page=7");
    }

    private static ListQuery Read(string address)
    {
        var context = new DefaultHttpContext();
        context.Request.Path = "/list/";
        context.Request.QueryString = new QueryString(address);
        return ListQuery.From(context.Request, "name", _sortable, ["group"]);
    }
}
