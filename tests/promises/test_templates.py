"""A theme from elsewhere is no program: its templates print what the event says, and no more."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run

from report_builder.choices import find_theme
from report_builder.content.loader import Loaded, load
from report_builder.content.text import Text
from report_builder.drawings.all import DRAWINGS
from report_builder.problems import Problem, ReportBuilderError
from report_builder.templating import bounds
from report_builder.templating.bounds import Deadline, OverrunError
from report_builder.templating.renderer import Renderer
from report_builder.templating.resources import Drawing, Resources
from report_builder.templating.theme import Theme
from report_builder.templating.values import plain, plain_event

EVENT = """\
title: R&D day
organiser: Council
date: 2023-12-14
people: {ann: {name: Ann Lee, role: lead}}
sections:
  - {type: prose, title: Words, body: "Some *words*."}
  - {type: feedback, question: Q?, responses: [Homes, Homes, Work]}
  - {type: sessions, items: [{speakers: [ann], body: What was said.}]}
  - {type: chart, title: C, labels: [x], series: [{name: s, values: [1]}]}
  - {type: prose, title: Words, body: More.}
"""
BODY = "event.sections[0].body"
AB = "{% set n = namespace(x='ab') %}"
TWICE = "{% set n = namespace(a=(1,), b=(1,)) %}{% for i in range(60) %}"
TWICE += "{% set n.a = (n.a, n.a) %}{% set n.b = (n.b, n.b) %}{% endfor %}"

WAYS_OUT = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ [].__class__.__base__ }}",
    "{{ {}.__init__.__globals__ }}",
    "{{ (1).__class__ }}",
    "{{ none.__class__ }}",
    "{{ range(3).__class__ }}",
    "{{ event.title.__class__ }}",
    "{{ event.title.position.path }}",
    "{{ event.title.read }}",
    "{{ event.title.encode('utf-16') }}",
    "{{ event.title | attr('__class__') }}",
    "{{ [event] | map(attribute='__class__') | list }}",
    "{{ [event.title] | map(attribute='position.path') | join }}",
    "{{ [event.title] | map('attr', '__class__') | list }}",
    "{{ [event] | groupby('__class__') }}",
    "{{ [event] | sort(attribute='__init__.__globals__') }}",
    "{{ [event] | selectattr('__class__') | list | length }}",
    "{{ [event] | rejectattr('__doc__') | list | length }}",
    "{{ [event] | join(attribute='__class__') }}",
    "{{ [event] | sum(attribute='__class__') }}",
    "{{ [event] | unique(attribute='__class__') | list }}",
    "{{ [event] | max(attribute='__class__') }}",
    "{{ '{0.__class__}'.format(event) }}",
    "{{ '{0.__class__}'.format_map({}) }}",
    "{{ ('{0.x}' | safe).format(event) }}",
    "{{ '%s' % event }}",
    "{{ '%(a)s' | format(a=1) }}",
    "{{ _('%(a)s', a=event) }}",
    "{{ _('%(a.__class__)s', a=1) }}",
    "{{ [event] | pprint }}",
    "{{ event | tojson }}",
    "{{ event ~ '' }}",
    "{{ draw_cloud.keywords.resources.folder }}",
    "{{ draw_cloud.__call__.__globals__ }}",
    "{{ draw_cloud._call.func }}",
    "{{ event.named.__globals__ }}",
    "{{ event.named.func_code }}",
    "{{ event.named.__closure__ }}",
    "{{ lipsum.__globals__ }}",
    "{{ lipsum() }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ cycler('a').__init__ }}",
    "{{ cycler('a').next.__func__ }}",
    "{{ joiner.__init__ }}",
    "{{ joiner().__init__.__globals__ }}",
    "{{ namespace.__init__ }}",
    "{{ namespace(a=1)._Namespace__attrs }}",
    "{{ namespace(a=1).__class__ }}",
    "{{ dict.__class__ }}",
    "{{ dict(a=1).__class__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ self.__init__ }}",
    "{{ self['__init__'] }}",
    "{% block a %}{{ self.b._context }}{% endblock %}{% block b %}{% endblock %}",
    "{% block a %}{{ super.__self__ }}{% endblock %}",
    "{{ _.__class__ }}",
    "{{ gettext.__self__ }}",
    "{% for x in [1] %}{{ loop.__init__.__globals__ }}{% endfor %}",
    "{% for x in [1] %}{{ loop._iterator }}{% endfor %}",
    "{% for x in [1] %}{{ loop.cycle.__func__ }}{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m._func }}",
    "{% macro m() %}{% endmacro %}{{ m.__call__.__globals__ }}",
    "{% macro m() %}{{ caller.__class__ }}{% endmacro %}{% call m() %}{% endcall %}",
    "{{ (event.sections | map(attribute='type')).gi_frame }}",
    "{{ event.sections.__iter__().gi_code }}",
    "{{ nothing.__class__ }}",
    "{{ nothing._fail_with_undefined_error.__globals__ }}",
    "{{ (1 if false)._undefined_exception }}",
    f"{{{{ {BODY}.under.__self__ }}}}",
    f"{{{{ {BODY}.scalar.position }}}}",
    f"{{{{ {BODY}.__init__.__globals__ }}}}",
    "{{ event.date.start.__class__ }}",
    "{{ event.date.start.strftime('%Y') }}",
    "{{ event.date.start.__reduce__() }}",
    "{{ event.parse_raw('x', proto='pickle', allow_pickle=True) }}",
    "{{ event.model_construct() }}",
    "{{ event.update({}) }}",
    "{{ [1].append(2) }}",
    "{{ theme.folders[0] }}",
    "{{ theme.find('report.css') }}",
    "{{ theme.files }}",
    "{{ environment }}",
    "{{ context }}",
    "{{ request.application.__globals__ }}",
    "{% import 'macros.html.j2' as m %}{{ m._body_stream }}",
    "{% import 'macros.html.j2' as m %}{{ m.__class__ }}",
    "{% import '/etc/hostname' as m %}",
    "{% include '/etc/hostname' ignore missing %}",
    "{% include ['nothing.j2', '/etc/hostname'] ignore missing %}",
    "{% include '../other/secret.html.j2' %}",
    "{% include '..\\\\other\\\\secret.html.j2' %}",
    "{% include './macros.html.j2' %}",
    "{% include 'sections//prose.html.j2' %}",
    "{% extends 'shipped/../other/secret.html.j2' %}",
    "{% include 'report.css' %}",
    "{% include 'theme.toml' %}",
    "{% do event.clear() %}",
    "{% debug %}",
    "{% autoescape 'x' | center(9) %}{% endautoescape %}",
]
ENDLESS = [
    "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
    "{% macro m(x) %}{{ m(x) }}{% endmacro %}{{ m(1) }}",
    "{% macro m(x) %}{{ m(x ~ x) }}{% endmacro %}{{ m('abc') }}",
    "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "{% include 'report.html.j2' %}",
    AB + "{% for i in range(99) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    AB + "{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}",
    AB + "{% for i in range(99) %}{% set n.x %}{{ n.x }}{{ n.x }}{% endset %}{% endfor %}",
    AB + "{% macro m(x) %}{{ x }}{{ x }}{% endmacro %}"
    "{% for i in range(99) %}{% set n.x = m(n.x) %}{% endfor %}",
    "{% set n = namespace(x=[1]) %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "{% set x = 'x' * 40000000 %}{{ x }}{{ x }}",
    AB + "{% set n.x = [] %}"
    "{% for i in range(999) %}{% set n.x = n.x + ['x' * 40000000] %}{% endfor %}",
    "{{ 'x' * 10**10 }}",
    "{{ [1] * 10**10 }}",
    "{{ 9 ** (9 ** 9) }}",
    "{% set n = namespace(x=9) %}{% for i in range(999) %}{% set n.x = n.x * n.x %}{% endfor %}",
    "{{ _('%(a)1000000000s', a='x') }}",
    "{{ 'x' | center(1000000000) }}",
    "{{ ('x\n' * 100000) | indent(100000) }}",
    "{{ ('x' * 100000) | replace('x', 'y' * 100000) }}",
    "{{ ('x' * 100000).replace('', 'y' * 100000) }}",
    "{{ (['x'] * 100000) | join('y' * 1000000) }}",
    "{{ ('y' * 1000000).join(['x'] * 100000) }}",
    "{{ [1] | batch(10**10, 'x') | list }}",
    "{{ [1] | slice(10**10, 'x') | list }}",
    "{{ ('x' * 100000) | wordwrap(1, true, 'y' * 100000) }}",
    "{{ 1.5 | round(10**10, 'ceil') }}",
    "{{ range(10**12) | list }}",
    "{{ ('xy' * 900000).strip('yx' * 900000) }}",
    "{{ ('xy' * 400000) | trim('yx' * 400000) }}",
    TWICE + "{{ n.a == n.b }}",
    TWICE + "{{ n.a in [n.b] }}",
    TWICE + "{{ {n.a: 1} }}",
    TWICE + "{{ event[n.a] }}",
    TWICE + "{{ event.get(n.a) }}",
    TWICE + "{{ [n.a, n.b] | unique | list }}",
    TWICE + "{{ [n.a].index(n.b) }}",
    TWICE + "{{ [n.a] | select('eq', n.b) | list }}",
    TWICE + "{{ n.a | string }}",
    "{% for i in range(9999) %}{{ draw_cloud(event.sections[1], 100 + i / 99, 99) }}{% endfor %}",
    "{{ " + "(" * 2000 + "1" + ")" * 2000 + " }}",
    "{% for a in [1] %}" * 30 + "{% endfor %}" * 30,
    "{{ " + "9" * 5000 + " }}",
]
WRONG = [
    ("{{ event.titel }}", "There is no “titel” here. Did you mean “title”?"),
    ("{{ event.title.uper() }}", "A text has no “uper”. Did you mean “upper”?"),
    ("{{ event.sections }}", "The template prints a list: print the values in it, one by one."),
    ("{{ event.title + 1 }}", "“+” does not work with a text and a number."),
    ("{{ 'x' | date('y') }}", "“date” is called wrongly: too many positional arguments."),
    ("{{ 3 | date }}", "The filter “date” takes a day, or the days of an event."),
    ("{{ 'x' | number }}", "The filter “number” takes a number, of"),
    ("{{ 1e300 | number }}", "The filter “number” takes a number, of up to twenty digits."),
    ("{{ 'x' | percent }}", "The filter “percent” takes a number, of"),
    ("{{ none | size }}", "The filter “size” takes a number, of"),
    ("{{ 3 | names }}", "The filter “names” takes a list of names."),
    ("{{ 3 | plain }}", "The filter “plain” takes a text."),
    ("{{ 'tlh-x' | language }}", "“tlh-x” is no language."),
    ("{{ _('%(a)s') }}", "“%(a)s” lacks a value for “a”."),
    ("{{ _('100%') }}", "“100%” has a “%” that stands for nothing: write “%%”."),
    ("{{ _('a', 'b') }}", "“gettext” is called wrongly: too many positional arguments."),
    ("{{ event.named(['bob']) }}", "Nobody is called “bob” under “people”."),
    (f"{{{{ {BODY}.under('x') }}}}", "“under” takes the level of a heading, from 1 to 6."),
    ("{{ draw_cloud(event.sections[1]) }}", "“draw_cloud” is called wrongly: missing a required"),
    ("{{ draw_cloud(event.sections[1], 0, 9) }}", "The sides of a drawing have from 1 to 5000"),
    ("{{ draw_cloud(event.sections[1], 'a', 9) }}", "The sides of a drawing are numbers of"),
    ("{{ draw_cloud(event.sections[0], 9, 9) }}", "“draw_cloud” draws a section “type: feedback”"),
    ("{{ draw_chart(event.sections[1], 9) }}", "“draw_chart” draws a section “type: chart”"),
    ("{{ draw_chart(event.sections[3], 99, 999) }}", "“draw_chart” sets words in 6 to 72 points."),
    ("{{ draw_qr('x' * 5000) }}", "“draw_qr” takes a web address of up to 1000 characters."),
    ("{{ '\\x00' }}", "The template prints a character that is none (U+0000)."),
    ("{{ nothing }}", "'nothing' is undefined."),
    ("", "The template gives an empty document."),
    ("<!-- nothing -->", "The template gives an empty document."),
]  # fmt: skip


@pytest.fixture
def loaded(event: Callable[[str], Path]) -> Loaded:
    """Return a small event as read."""
    return load(event(EVENT))


@pytest.fixture
def render(loaded: Loaded, tmp_path: Path) -> Callable[..., str]:
    """Render the event's report in a theme whose files are given, as the real commands do."""
    secret = tmp_path / "templates/other/secret.html.j2"
    secret.parent.mkdir(parents=True)
    secret.write_text("a secret")

    def with_theme(report: str, **drawings: Any) -> str:
        path = tmp_path / "templates/x/report.html.j2"
        path.parent.mkdir(exist_ok=True)
        path.write_text(report, "utf-8")
        theme = find_theme("x", tmp_path / "templates")
        return renderer_of(loaded, theme, drawings).render("report.html.j2")

    return with_theme


def renderer_of(
    loaded: Loaded, theme: Theme, drawings: Mapping[str, Callable[..., Drawing]] | None = None
) -> Renderer:
    """Return what renders an event with all drawings, some of which may be others."""
    assert loaded.event is not None
    resources = Resources(loaded.folder, theme)
    bound = {"resources": resources, "language": loaded.event.language}
    used = {**DRAWINGS, **(drawings or {})}
    return Renderer(
        loaded.event, resources, {name: partial(draw, **bound) for name, draw in used.items()}
    )


def problem_of(render: Callable[..., str], template: str) -> Problem:
    with pytest.raises(ReportBuilderError) as caught:
        render(template)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize("template", WAYS_OUT)
def test_no_template_gets_out(render: Callable[..., str], template: str) -> None:
    problem = problem_of(render, f"<p>\n{template}</p>")
    assert problem.code == "template"
    assert (Path(problem.position.path).name, problem.position.line) == ("report.html.j2", 2)
    assert "0x" not in problem.message
    assert problem.hint


@pytest.mark.parametrize("template", ENDLESS)
def test_no_template_runs_or_grows_without_an_end(
    render: Callable[..., str], template: str
) -> None:
    began = time.process_time()
    problem = problem_of(render, template)
    assert problem.code == "template"
    assert problem.position.path.endswith("x/report.html.j2")
    assert time.process_time() - began < bounds.SECONDS


@pytest.mark.parametrize(("template", "message"), WRONG)
def test_a_slip_is_said_in_words(render: Callable[..., str], template: str, message: str) -> None:
    assert problem_of(render, template).message.startswith(message)


def test_the_commands_refuse_a_theme_that_is_a_program(tmp_path: Path, run: Run) -> None:
    (tmp_path / "content/day").mkdir(parents=True)
    (tmp_path / "content/day/event.yaml").write_text(EVENT)
    (tmp_path / "report-builder.toml").write_text('theme = "x"\n')
    written = tmp_path / "written"
    lines = (
        f'{{{{ theme.folders[0].joinpath("{written}").write_text("x") }}}}',
        '{{ theme.folders[0].joinpath("/etc/hostname").read_text() }}',
        "{{ event.parse_raw(\"cposix\\nsystem\\n(S'touch "
        + str(written)
        + "'\\ntR.\", proto='pickle', allow_pickle=True) }}",
    )
    template = tmp_path / "templates/x/report.html.j2"
    template.parent.mkdir(parents=True)
    for line in lines:
        template.write_text(
            '{% extends "shipped/default/report.html.j2" %}\n'
            f"{{% block glance %}}\n<p>{line}</p>\n{{% endblock %}}\n"
        )
        found = json.loads(run("check", "--format", "json", cwd=tmp_path, code=1).stdout)
        places = [(p["path"], p["line"]) for p in found if p["code"] == "template"]
        assert places == [("templates/x/report.html.j2", 3)]
        assert not written.exists()
        run("build", cwd=tmp_path, code=1)
        assert not (tmp_path / "output").exists()


def test_templates_get_plain_values_only(loaded: Loaded) -> None:
    assert loaded.event is not None
    allowed = {"NoneType", "bool", "int", "float", "str", "Line", "Markup", "Text", "date", "tuple"}
    kinds = {type(value).__name__ for value in everything(plain_event(loaded.event))}
    assert kinds <= allowed | {"dict", "Function", "Marked"}
    assert plain(Path("/etc")) is None
    assert plain({"a": Path("/etc"), "b": [1, print]}) == {"b": (1,)}


def everything(value: object) -> Iterator[object]:
    yield value
    inner = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | tuple):
        for one in inner:  # type: ignore[attr-defined]  # it is one of the two
            yield from everything(one)


def test_what_themes_need_is_there(render: Callable[..., str]) -> None:
    html = render(
        "{% for section in event.sections %}{{ section.anchor }} {% endfor %}"
        "{% for item in event.sections[2].items %}"
        "{{ event.named(item.speakers) | map(attribute='post') | join }}{% endfor %} "
        "{{ event.sections_of('feedback')[0].phrases[0].text }} {{ event.date | date }} "
        "{{ event.date.start.isoformat() }} {{ event.sections[0].body.inline }} "
        "{{ dict(event, title='Another').title }} {{ event.sections[0].in_briefing }}"
        "{% for kind, some in event.sections | groupby('type') %} {{ kind }}: {{ some | length }}"
        "{% endfor %}"
    )
    assert html == (
        "words q chart c words-2 ".replace("q chart", "feedback sessions")
        + "lead Homes 14 December 2023 2023-12-14 Some <em>words</em>. Another False"
        " chart: 1 feedback: 1 prose: 2 sessions: 1"
    )


def test_a_bug_of_ours_keeps_its_traceback(
    render: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(section: object, width: float, *, resources: Resources, language: str) -> Drawing:
        return {}["a bug"]  # type: ignore[index]  # the bug

    with pytest.raises(KeyError, match="a bug"):
        render("{{ draw_chart(event.sections[3], 100) }}", draw_chart=broken)

    def broken_draw(*_: object, **__: object) -> Drawing:
        return Drawing("a.svg", lambda: b"" + None)  # type: ignore[operator]  # the bug

    with pytest.raises(TypeError):
        render("{{ draw_chart(event.sections[3], 100) }}", draw_chart=broken_draw)

    def none(_: object, __: int) -> str:
        raise AttributeError("another bug")

    monkeypatch.setattr(Text, "under", none)
    with pytest.raises(AttributeError, match="another bug"):
        render("{{ event.sections[0].body.under(3) }}")
    with pytest.raises(AttributeError, match="another bug"):
        render("{{ event.sections[0].body }}")


def test_what_takes_too_long_is_stopped_at_its_line(
    render: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "SECONDS", 0.5)
    include = "{% for a in range(100000) %}\n{% include 'macros.html.j2' %}{% endfor %}"
    problem = problem_of(render, f"{{% for b in range(40) %}}{include}{{% endfor %}}")
    assert problem.message == "The template runs for too long, and was stopped."
    assert problem.position.path.endswith(".j2")
    assert problem.position.line > 0


def test_a_deadline_never_strikes_after_it_was_left() -> None:
    strikes, strays = 0, 0
    for number in range(300):
        until = time.thread_time() + 0.001 * (number % 20)
        try:
            with Deadline(0.001):
                while time.thread_time() < until:
                    pass
        except OverrunError:
            strikes += 1
        try:
            for _ in range(20000):  # here nothing may strike any more
                pass
        except OverrunError:
            strays += 1
    assert 0 < strikes < 300
    assert strays == 0
    assert threading.active_count() < 20


@pytest.mark.slow
def test_six_hundred_pages_meet_no_bound_by_far(
    event: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("STEPS", "TEXT"):
        monkeypatch.setattr(bounds, name, getattr(bounds, name) // 4)
    rows = ", ".join(f"[a{n}, b{n}, c{n}]" for n in range(30))
    words = "Councillors heard what residents need. " * 40
    sections = "".join(
        f"  - {{type: table, title: T{n}, columns: [A, B, C], rows: [{rows}]}}\n"
        f"  - {{type: prose, title: P{n}, body: '{words}'}}\n"
        for n in range(400)
    )
    loaded = load(event(f"title: Long\nsections:\n{sections}"))
    theme = find_theme("default", tmp_path)
    assert len(renderer_of(loaded, theme).render("report.html.j2")) > 3_000_000


@pytest.fixture
def stray(tmp_path: Path) -> Path:
    """Return a theme's folder, beside a file that is none of its own."""
    (tmp_path / "secret.txt").write_text("msgid a secret")
    folder = tmp_path / "templates/x"
    (folder / "sections").mkdir(parents=True)
    (folder / "words").mkdir()
    return folder


@pytest.mark.parametrize(
    "name",
    [
        *("report.html.j2", "sections/prose.html.j2", "report.css", "theme.toml", "logo.svg"),
        *("briefing.docx", "words/pl.po", "large-print.css"),
    ],
)
def test_no_link_leads_out_of_a_theme(
    stray: Path, loaded: Loaded, name: str, run: Run, tmp_path: Path
) -> None:
    assert loaded.folder.is_relative_to(tmp_path)
    (stray / name).symlink_to(tmp_path / "secret.txt")
    done = run("check", "--theme", "x", "--format", "json", cwd=tmp_path, code=1)
    assert "secret" not in done.stdout + done.stderr
    assert "theme-link" in done.stdout + done.stderr
    assert f"templates/x/{name}" in done.stdout + done.stderr
    run("build", "--theme", "x", cwd=tmp_path, code=1)
    assert not (tmp_path / "output").exists()


def test_a_link_that_stays_in_its_theme_is_followed(stray: Path, loaded: Loaded) -> None:
    (stray / "words.html.j2").write_text("<p>here</p>")
    (stray / "report.html.j2").symlink_to("words.html.j2")
    theme = find_theme("x", stray.parent)
    html = renderer_of(loaded, theme).render("report.html.j2")
    assert html == "<p>here</p>"
    assert set(theme.files) >= {"words.html.j2", "report.html.j2"}


@pytest.mark.parametrize(
    ("event_text", "name"),
    [
        ("title: T\nsections: [{type: prose, body: {file: in.md}}]\n", "in.md"),
        ("title: T\nbanner: {file: in.png, decorative: true}\n", "in.png"),
        ("title: T\nsections: [{type: feedback, question: Q, responses: in.csv}]\n", "in.csv"),
        ("title: T\n", "event.yaml"),
        ("title: T\n", "event.pl.yaml"),
    ],
)
def test_no_link_leads_out_of_an_event(
    event: Callable[[str], Path], tmp_path: Path, event_text: str, name: str, run: Run
) -> None:
    folder = event(event_text)
    (tmp_path / "secret.txt").write_text("title: a secret\n")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(tmp_path / "secret.txt")
    found = json.loads(run("check", "--format", "json", cwd=tmp_path, code=1).stdout)
    assert "file-outside" in {problem["code"] for problem in found}
    assert "a secret" not in json.dumps(found)


def test_each_drawing_is_made_once_and_only_when_the_template_has_run(
    render: Callable[..., str],
) -> None:
    made: list[str] = []

    def note(section: object, width: float, *, resources: Resources, language: str) -> Drawing:
        return Drawing(f"{width}.svg", lambda: bytes(made.append(f"{width}") or 0))

    html = render(
        "{{ draw_chart(1, 7) }} {{ draw_chart(1, 7) }} {{ draw_chart(1, 8) }}", draw_chart=note
    )
    assert html == "drawn:7.svg drawn:7.svg drawn:8.svg"
    assert made == ["7", "8"]
    with pytest.raises(ReportBuilderError):
        render("{{ draw_chart(1, 9) }}{{ nothing }}", draw_chart=note)
    assert made == ["7", "8"]


def test_a_text_is_parsed_once_for_each_level(
    loaded: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from markdown_it import MarkdownIt

    parsed: list[str] = []
    parse = MarkdownIt.parse

    def counted(self: MarkdownIt, text: str, env: Any = None) -> Any:
        parsed.append(str(text))
        return parse(self, text, env)

    monkeypatch.setattr(MarkdownIt, "parse", counted)
    renderer = renderer_of(loaded, find_theme("default", tmp_path))
    for _ in range(3):
        renderer.render("report.html.j2")
        renderer.render("briefing.html.j2")
    assert 0 < len(parsed) <= 3 * len(loaded.texts)


def test_languages_share_templates_and_keep_their_words(
    event: Callable[..., Path], tmp_path: Path
) -> None:
    theme = find_theme("x", templates(tmp_path, "{% set w = _('Contents') %}{% macro m() %}{{ w }}"
                       "{% endmacro %}{% set n = namespace(i=0) %}{% macro c() %}"
                       "{% set n.i = n.i + 1 %}{{ n.i }}{% endmacro %}"))  # fmt: skip

    text = "title: T\nlanguage: {}\ndate: 2023-12-14\n"
    folders = {language: event(text.format(language), language) for language in ("en-GB", "pl")}

    def words(language: str) -> str:
        found = load(folders[language]).event
        assert found is not None
        return Renderer(found, Resources(folders[language], theme), {}).render("report.html.j2")

    expected = {
        "en-GB": "Contents 14 December 2023 12",
        "pl": "Spis treści 14 grudnia 2023 12",
    }
    with ThreadPoolExecutor(4) as pool:
        order = ["pl", "en-GB"] * 10
        for language, html in zip(order, pool.map(words, order), strict=True):
            assert html == expected[language]


def templates(tmp_path: Path, macros: str) -> Path:
    folder = tmp_path / "templates/x"
    folder.mkdir(parents=True)
    (folder / "macros.html.j2").write_text(macros)
    (folder / "report.html.j2").write_text(
        "{% import 'macros.html.j2' as a %}{{ a.m() }} {{ event.date | date }}"
        " {{ a.c() }}{{ a.c() }}"
    )
    return folder.parent


def test_a_template_that_changes_is_read_anew(render: Callable[..., str]) -> None:
    assert [render(f"<p>{text}</p>") for text in "abab"] == [f"<p>{text}</p>" for text in "abab"]


def test_an_empty_template_is_named_by_every_check(
    tmp_path: Path, run: Run, loaded: Loaded
) -> None:
    assert loaded.event is not None
    path = tmp_path / "templates/ours/briefing.html.j2"
    path.parent.mkdir(parents=True)
    path.write_text(" \n")
    for command in (("theme", "check", "ours"), ("check", "--theme", "ours")):
        assert (
            "briefing.html.j2:1:1: error: The template"
            in run(*command, cwd=tmp_path, code=1).stdout
        )
