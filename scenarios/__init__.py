"""Branching role-plays written in Markdown: scan → document → scenario → prove → play → score.

Pure: the standard library and PyYAML. Nothing here knows the web or a database.
"""

from scenarios.changes import Change, compare
from scenarios.compiled import FORMAT, Compiled, UnprovableError, compile_scenario
from scenarios.decision import DecisionReading, LessonDecision, Reply, read_decision, split_decision
from scenarios.diagnostics import Diagnostic
from scenarios.document import Document, Line
from scenarios.fields import a_slug, one_of, whole
from scenarios.front_matter import Field, FrontMatter, read_front_matter
from scenarios.names import Catalogue, load_catalogue
from scenarios.play import NotOnOfferError, Offer, Play, Turn, choose, replay, shown_order, start
from scenarios.proof import Proof, prove
from scenarios.reading import Reading, read_scenario
from scenarios.rehearsal import Weight, best_choices, start_at, weigh, weigh_everywhere, without_proof
from scenarios.remembered import Readings
from scenarios.robots import Robot
from scenarios.scenario import Choice, Ending, Scenario, Scene, Timer
from scenarios.score import Band, Bands, Decision, Score, last_decision, score
from scenarios.slugs import slug

__all__ = [
    "FORMAT",
    "Band",
    "Bands",
    "Catalogue",
    "Change",
    "Choice",
    "Compiled",
    "Decision",
    "DecisionReading",
    "Diagnostic",
    "Document",
    "Ending",
    "Field",
    "FrontMatter",
    "LessonDecision",
    "Line",
    "NotOnOfferError",
    "Offer",
    "Play",
    "Proof",
    "Reading",
    "Readings",
    "Reply",
    "Robot",
    "Scenario",
    "Scene",
    "Score",
    "Timer",
    "Turn",
    "UnprovableError",
    "Weight",
    "a_slug",
    "best_choices",
    "choose",
    "compare",
    "compile_scenario",
    "last_decision",
    "load_catalogue",
    "one_of",
    "prove",
    "read_decision",
    "read_front_matter",
    "read_scenario",
    "replay",
    "score",
    "shown_order",
    "slug",
    "split_decision",
    "start",
    "start_at",
    "weigh",
    "weigh_everywhere",
    "whole",
    "without_proof",
]
