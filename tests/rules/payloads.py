"""Three hundred pieces of text that would be a program if any page of ours took them for one. Each says
`zz()` if it runs, and none leads anywhere but here."""

from itertools import product

TAGS = ("img src=x", "svg", "body", "input autofocus", "details open", "video src=x", "audio src=x", "iframe src=x", "marquee", "object data=x", "select autofocus", "textarea autofocus")
MOMENTS = ("onerror", "onload", "onfocus", "ontoggle", "onstart", "onmouseover", "onanimationstart", "onpointerenter")
BREAKS = ("", '">', "'>", "</textarea>", "</title>", "</script>", "-->", "]]>", "\\\">", "</style>", "<!--", "</p></div>")
WHOLE = (
    "<script>zz()</script>", "<script src=/static/js/zz.js></script>", "<script type=module>zz()</script>", "<ScRiPt>zz()</sCrIpT>",
    "<iframe srcdoc='<script>zz()</script>'>", "<a href=javascript:zz()>a</a>", "<form action=javascript:zz()><button>b</button></form>",
    "<svg><script>zz()</script></svg>", "<svg><animate onbegin=zz() attributeName=x>", "<math><mi xlink:href=javascript:zz()>m</mi></math>",
    "<base href=/zz/>", "<meta http-equiv=refresh content='0;url=/zz'>", "<link rel=stylesheet href=/zz.css>", "<style>*{animation:zz}</style>",
    "<template><script>zz()</script></template>", "<noscript><p title='</noscript><img src=x onerror=zz()>'>", "<embed src=/zz>",
    "{{ 7*7 }}{{ zz() }}", "{% raw %}<b>zz</b>{% endraw %}", "${zz()}", "#{zz()}", "<%= zz() %>", "[zz](javascript:zz())", "javascript:zz()",
    "&lt;script&gt;zz()&lt;/script&gt;", "&#60;img src=x onerror=zz()&#62;", "\u003cscript\u003ezz()\u003c/script\u003e", "%3Cscript%3Ezz()%3C/script%3E",
    "<img src=x onerror=zz()//", "<<script>zz()//<</script>", "<scr<script>ipt>zz()</scr</script>ipt>", "<x onclick=zz()>x</x>", "<xss id=zz tabindex=1 onfocus=zz()>",
    "<share-box onclick=zz()>", "<live-room data-facts=zz>", "<div class=gone id=main>zz</div>",
)


def payloads() -> list[str]:
    """All of them, each once, in an order that never changes."""
    made = [f"{out}<{tag} {moment}=zz()>" for tag, moment, out in product(TAGS, MOMENTS, BREAKS)]
    wrapped = [f"{out}{whole}" for out, whole in product(BREAKS[1:], WHOLE[:6])]
    return list(dict.fromkeys([*WHOLE, *wrapped, *made[::5]]))[:300]
