"""A resolution as a small page without scripts, to stand in a frame on another site (320 pixels and wider)."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from macros.exports.values import dump
from macros.model.resolution import Resolution
from macros.queries import queries
from macros.render.charts import overview as pictures
from macros.render.charts import shapes as charts
from macros.render.view import View

STYLE = """:root{color-scheme:light dark;--ink:#1b2733;--quiet:#52606d;--line:#d5dce3;--paper:#fff;--link:#00588a;--fill:#00729f}
@media(prefers-color-scheme:dark){:root{--ink:#e8edf2;--quiet:#a9b6c2;--line:#3a4753;--paper:#15202b;--link:#7cc7f0;--fill:#5bb5e0}}
*{box-sizing:border-box}
body{min-height:100vh;margin:0;padding:12px 14px;background:var(--paper);color:var(--ink);font:14px/1.45 system-ui,sans-serif;border:1px solid var(--line);border-radius:8px;overflow-wrap:anywhere}
h1{margin:0 0 8px;font-size:15px;line-height:1.35}
h1 span{display:block;color:var(--quiet);font-size:13px;font-weight:400}
a{color:var(--link)}
dl{margin:0}
dt{color:var(--quiet);font-size:12px}
dd{margin:0 0 8px}
ul{margin:0;padding:0;list-style:none}
p{margin:8px 0 0;color:var(--quiet);font-size:12px}
.state{display:flex;align-items:center;gap:6px;font-weight:600}
svg{width:16px;height:16px;flex:none;fill:none;stroke:var(--fill);stroke-width:1.6}
svg.rt-spark{display:block;width:auto}
.rt-spark__all,.rt-spark__none{stroke:var(--quiet)}
.rt-spark__none{stroke-dasharray:2 3}
.rt-spark__part{fill:var(--fill);stroke:none}
svg .fill{fill:var(--fill)}
svg .mark{stroke:var(--paper)}
.rt-translation__note{color:var(--quiet);font-size:12px}
.rt-translation__note::before{content:" ("}
.rt-translation__note::after{content:")"}
"""
"""The same in every card, so that one hash in a content security policy allows it."""

_PAGE = Markup("""<!doctype html>
<html lang="{lang}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="../../assets/images/favicon.png">
<title>{page_title}</title>
<link rel="canonical" href="{canonical}">
<style>{style}</style>
</head>
<body>
<main>
<h1><span>{name}</span> <a href="{page}" target="_top">{title}</a></h1>
<dl>
<dt>{state_word}</dt><dd class="state">{glyph}{state}</dd>
<dt>{money_word}</dt><dd>{spark}{money}</dd>
<dt>{next_word}</dt><dd>{next}</dd>
</dl>
<p>{as_of}</p>
<p><a href="{home}" target="_top">{site}</a></p>
</main>
</body>
</html>
""")


WIDTH, HEIGHT = 320, 480
"""The frame that a card is made for. It is narrower on a narrow screen; where a card is longer, the frame scrolls."""


def snippet(view: View, slug: str) -> str:
    """The HTML by which another site shows a card. In: a view whose base is the address of the language's root."""
    frame = Markup(
        '<iframe src="{}" title="{}" width="{}" height="{}" style="max-width:100%;border:0" loading="lazy"></iframe>'
    )
    return str(frame.format(view.url(f"embed/{slug}/"), _title(view, slug), WIDTH, HEIGHT))


def oembed(view: View, slug: str) -> str:
    """What editors ask for when a resolution's address is pasted into them: oEmbed 1.0, `embed/<slug>/oembed.json`."""
    body, label, title = (
        view.corpus.body,
        view.corpus.label(slug),
        view.corpus.resolutions[slug].title,
    )
    return dump({
        "version": "1.0",
        "type": "rich",
        "title": view.t("resolution.page_title", label=label, title=title),
        "author_name": body.name,
        "provider_name": body.site_name,
        "provider_url": view.url(""),
        "html": snippet(view, slug),
        "width": WIDTH,
        "height": HEIGHT,
    })  # fmt: skip


def _title(view: View, slug: str) -> str:
    return f"{view.resolution_name(slug)} – {view.corpus.body.site_name}"


def page(view: View, slug: str, occurrences: list[queries.Occurrence]) -> str:
    """The card of a resolution, to stand at `embed/<slug>/`.

    In: a view whose base is the address of the language's root; the resolution's events in the order of their dates.
    """
    t, corpus = view.t, view.corpus
    resolution = corpus.resolutions[slug]
    status = view.status(queries.assessment(resolution, corpus))
    period = corpus.latest_period
    as_of = period and t(
        "resolution.state_as_of",
        date=view.date(period.as_of),
        report=view.document_name(period.report),
    )
    return _PAGE.format(
        lang=view.locale.html_lang,
        direction=view.locale.direction,
        page_title=_title(view, slug),
        name=view.resolution_name(slug),
        title=view.text(resolution.title),
        site=corpus.body.site_name,
        canonical=view.resolution_url(slug),
        style=Markup(STYLE),
        page=f"../../resolutions/{slug}/",
        home="../../",
        state_word=t("answer.state"),
        glyph=charts.glyph(status.tone if status else "unknown"),
        state=view.text(status.name) if status else t("not_reported"),
        money_word=t("answer.money"),
        spark=pictures.spark(view, slug, with_state=False),
        money=_money(view, resolution),
        next_word=t("answer.next"),
        next=_next(view, occurrences),
        as_of=as_of or "",
    )


def with_notice(view: View, card: str) -> str:
    """A card of a preview that shows what is not published yet, with a word that says so."""
    return card.replace(
        "<main>\n", Markup("<main>\n<p><strong>{}</strong></p>\n").format(view.t("page.draft")), 1
    )


def _money(view: View, resolution: Resolution) -> Markup:
    """Whether money holds it back, what was required and mobilized, else the largest amounts given."""
    t = view.t
    newest = queries.assessment(resolution, view.corpus)
    held = newest.constrained_by_funding if newest else None
    lines = [t("funding.constrained." + ("unknown" if held is None else "yes" if held else "no"))]
    resource = queries.newest_resource(resolution.resources)
    counting = view.counting_states()
    given = [
        found
        for found in resolution.contributions
        if found.latest.state in counting and found.latest.amount is not None
    ]
    if resource:
        when = t("as_of", date=view.date(resource.as_of)) if resource.as_of else t("as_of_unknown")
        for name in ("required", "mobilized", "gap"):
            lines.append(
                f"{t(f'funding.{name}')}{t('colon')}{view.money(getattr(resource, name), resource.currency)}"
            )
        lines.append(when)
    elif given:
        for found in sorted(
            given, key=lambda found: (-(found.latest.amount or Decimal(0)), found.id)
        )[:2]:
            who = (
                view.organization(found.contributor)
                if found.contributor
                else view.name("contribution_kinds", found.kind)
            )
            amount = view.money(
                found.latest.amount, found.latest.currency, found.latest.approximate
            )
            state = t("in_brackets", text=view.name("contribution_states", found.latest.state))
            lines.append(f"{who}{t('colon')}{amount} {state}")
    else:
        lines.append(t("funding.amounts_not_reported"))
    return Markup("<ul>{}</ul>").format(
        Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    )


def _next(view: View, occurrences: list[queries.Occurrence]) -> Markup:
    """What lies ahead first, and how many outcomes are not reported."""
    found = next((found for found in occurrences if found.case == "ahead"), None)
    unreported = sum(found.case == "unreported" for found in occurrences)
    if found:
        when = view.date(found.date) if found.date else view.t("date_not_reported")
        ahead = Markup("{}{}{}").format(when, view.t("colon"), view.text(found.event.title))
    else:
        ahead = Markup.escape(view.t("answer.next_none"))
    return ahead + (
        Markup("<br>{}").format(view.t("answer.unreported", count=unreported)) if unreported else ""
    )


def card(view: View, slug: str) -> str:
    """Write the card of one resolution."""
    return page(view, slug, queries.timeline(view.corpus, view.today, [slug]))
