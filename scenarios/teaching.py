"""What makes a scenario teach: luck, robots, tells, idle silence, replies that answer to nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scenarios.diagnostics import Problems, quoted
from scenarios.menu_facts import MenuFacts, menu_facts
from scenarios.slugs import fold

if TYPE_CHECKING:
    from scenarios.compiled import Compiled
    from scenarios.document import Document
    from scenarios.graph import Graph
    from scenarios.proof import Proof
    from scenarios.scenario import Scenario, Scene

LUCKY = 0.20
TELLING = 0.60
FEWEST_DECISIONS, MOST_DECISIONS = 3, 12
FEWEST_CHOICES, MOST_CHOICES = 2, 5
VILLAIN_POINTS = -4
INSULT = re.compile(
    r"(?i)\byou\b.{0,16}\b(liar|idiots?|morons?|fools?|stupid|pathetic)\b"
    r"|\b(shut up|get lost|who cares|go to hell|not my problem)\b"
)


def find_lessons(
    graph: Graph, compiled: Compiled, proof: Proof, document: Document, problems: Problems
) -> None:
    """Report every T diagnostic of a scenario that is proved."""
    scenario = compiled.scenario
    facts, telling = menu_facts(graph, compiled), answering(scenario)
    find_luck(proof, scenario, problems)
    find_tell(facts, problems)
    find_length(proof, problems)
    for fact in facts:
        find_menu_size(fact.scene, problems)
        find_twins(fact.scene, problems)
        find_idle(fact, problems)
        find_replies(fact, scenario.speaker, telling, problems)
    find_escalation(graph, compiled, problems)
    find_untrained(facts, document, problems)


def find_luck(proof: Proof, scenario: Scenario, problems: Problems) -> None:
    if proof.pass_by_luck > LUCKY:
        fault = f"Clicking at random passes {proof.pass_by_luck:.0%} of the time."
        mend = f"Raise `pass` above {scenario.pass_mark}, or let weak replies lose points or the call."
        problems.add("T501", (1, 1), fault, mend)
    for name, robot in proof.robots.items():
        if robot.passed:
            fault = f"Always taking the {name} reply scores {robot.score} % and passes."
            mend = f"Let the {name} reply be wrong in one scene that matters."
            problems.add("T502", (1, 1), fault, mend)


def find_tell(facts: list[MenuFacts], problems: Problems) -> None:
    told = [fact for fact in facts if fact.longest_is_best is not None]
    longest = [fact for fact in told if fact.longest_is_best]
    if len(told) >= 3 and len(longest) > TELLING * len(told):
        fault = f"The best reply is the longest in {len(longest)} of {len(told)} scenes."
        mend = f"Cut it, or give a weak one more to say, for a start in {quoted(longest[0].scene.title)}."
        problems.add("T503", (1, 1), fault, mend)


def find_length(proof: Proof, problems: Problems) -> None:
    if not FEWEST_DECISIONS <= proof.decisions <= MOST_DECISIONS:
        fault = f"The best call has {proof.decisions} decisions."
        mend = f"Between {FEWEST_DECISIONS} and {MOST_DECISIONS} are worth a learner's time."
        problems.add("T512", (1, 1), fault, mend)


def find_menu_size(scene: Scene, problems: Problems) -> None:
    count = len(scene.choices)
    if count < FEWEST_CHOICES:
        mend = "Add a reply that tempts a good person."
        problems.add("T513", scene.where, f"{quoted(scene.title)} has only one choice.", mend)
    elif count > MOST_CHOICES:
        fault = f"{quoted(scene.title)} has {count} choices to read."
        problems.add("T513", scene.where, fault, "Keep the three or four that differ most.")


def find_twins(scene: Scene, problems: Problems) -> None:
    """Two choices with the same way on, the same effects and the same answer."""
    seen: dict[object, str] = {}
    for one in scene.choices:
        key = (
            one.target,
            *(frozenset(part) for part in (one.points, one.changes, one.sets, one.clears)),
            one.conditions,
            one.once,
            tuple(line.text for line in (*one.reaction, *one.thoughts, *one.coaching)),
        )
        if key in seen:
            fault = f"{quoted(one.text)} does the same as {quoted(seen[key])}."
            mend = "Give one of them another effect, reaction or way on."
            problems.add("T504", one.where, fault, mend)
        seen.setdefault(key, one.text)


def find_idle(fact: MenuFacts, problems: Problems) -> None:
    if fact.free_choice and not fact.costly_choice:
        mend = "Let at least one reply cost something."
        problems.add("T505", fact.scene.where, f"Every choice of {quoted(fact.scene.title)} is best.", mend)
    if fact.idle_silence is not None and fact.scene.timer:
        mend = "Let silence lead somewhere worse."
        fault = f"Saying nothing in {quoted(fact.scene.title)} costs nothing."
        problems.add("T506", fact.scene.timer.where, fault, mend, fact.idle_silence)


def find_replies(fact: MenuFacts, speaker: str, telling: set[str], problems: Problems) -> None:
    for choice in fact.scene.choices:
        rude = INSULT.search(choice.text)
        if choice.index in fact.weak and (choice.total <= VILLAIN_POINTS or rude):
            fault = f"Nobody would pick {quoted(choice.text)}."
            mend = "Write the mistake that a tired, decent person makes."
            problems.add("T508", choice.where, fault, mend)
        if choice.index in fact.weak and not choice.coaching:
            fault = f"{quoted(choice.text)} is weak, and the coach says nothing about it."
            mend = "Add > **Coach:** and what the reply does."
            problems.add("T509", choice.where, fault, mend)
        if not choice.reaction and choice.target not in telling:
            fault = f"Nothing happens after {quoted(choice.text)}."
            mend = f"Let {speaker or 'the customer'} react, under the choice or in the next scene."
            problems.add("T511", choice.where, fault, mend)


def answering(scenario: Scenario) -> set[str]:
    """The scenes on whose entry something is said or told, there or wherever their routes lead."""
    telling = {
        scene.slug
        for scene in scenario.scenes
        if scene.ending or any(line.kind in {"speech", "narration"} for line in scene.lines)
    }
    grown = True
    while grown:
        more = {
            scene.slug
            for scene in scenario.scenes
            if scene.routes and all(route.target in telling for route in scene.routes)
        }
        grown = not more <= telling
        telling |= more
    return telling


def find_escalation(graph: Graph, compiled: Compiled, problems: Problems) -> None:
    """A best call that raises the temper where another best call does not."""
    if "temper" not in graph.machine.meters:
        return
    seen, queue = {0}, [0]
    told: set[tuple[int, int]] = set()
    for at in queue:
        lossless = [
            edge
            for edge in graph.edges[at]
            if compiled.values[graph.states[at]] == edge[1] + compiled.values[graph.states[edge[2]]]
        ]
        heats = {index: heat(graph, at, index) for index, _, _ in lossless}
        for index, change in heats.items():
            if change > 0 and min(heats.values()) <= 0 and (graph.scene(at), index) not in told:
                told.add((graph.scene(at), index))
                choice = graph.machine.scenario.scenes[graph.scene(at)].choices[index - 1]
                fault = f"{quoted(choice.text)} heats the call up and costs nothing."
                mend = "Let it cost a point, or let the calmer reply earn one more."
                problems.add("T507", choice.where, fault, mend, graph.play_to(at))
        for _, _, target in lossless:
            if target not in seen:
                seen.add(target)
                queue.append(target)


def heat(graph: Graph, at: int, index: int) -> int:
    if graph.is_route(at):
        return 0
    choice = graph.machine.scenario.scenes[graph.scene(at)].choices[index - 1]
    return dict(choice.changes).get("temper", 0)


def find_untrained(facts: list[MenuFacts], document: Document, problems: Problems) -> None:
    trained = {skill for fact in facts for skill in fact.differing}
    for item in document.front.items.get("skills", []):
        if fold(item.text) not in trained:
            fault = f"No decision turns on the skill {quoted(item.text)}."
            mend = "Let replies of one scene differ in it, or take it out of `skills`."
            problems.add("T510", (item.line, item.column), fault, mend)
