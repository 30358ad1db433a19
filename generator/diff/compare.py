"""Finds every fact that two descriptions of an API do not agree on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import define, field, frozen

from generator.diff.difference import Finding, Place
from generator.diff.matching import Look, operation_pairs, pairs
from generator.diff.reader import Answer, Api, Body, Operation, Parameter
from generator.diff.schemas import Schemas, look_of
from generator.diff.severity import judge
from generator.diff.source import Node


@frozen
class Rules:
    """What counts as a difference beside the exchange itself."""

    names: bool = False  # what operations and the parameters in paths are called: Python callers write these names
    text: bool = False  # descriptions


def compare(left: Api, right: Api, rules: Rules | None = None) -> list[Finding]:
    """Every finding, operation by operation in the order of the left side."""
    return list(_Comparison(left, right, rules or Rules()).findings())


@define
class _Comparison:
    left: Api
    right: Api
    rules: Rules
    schemas: Schemas = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.schemas = Schemas(self.left.shapes, self.right.shapes, self.rules.text)

    def findings(self) -> Iterator[Finding]:
        for left, right in operation_pairs(self.left, self.right):
            if left and right:
                yield from self._operation(left, right)
            elif known := left or right:
                nodes = left.node if left else _paths(self.left), right.node if right else _paths(self.right)
                names = self._called(left), self._called(right)
                yield _finding("operation", *names, *nodes, Place(known.id, ""))

    def _called(self, operation: Operation | None) -> str | None:
        if operation is None:
            return None
        return operation.id if self.rules.names else f"{operation.verb.upper()} {operation.shape}"

    def _operation(self, left: Operation, right: Operation) -> Iterator[Finding]:
        place = Place(left.id, "")
        for kind, one, two, differs in (
            ("verb", left.verb.upper(), right.verb.upper(), left.verb != right.verb),
            ("path", left.path, right.path, left.shape != right.shape),
            ("name", left.id, right.id, self.rules.names and left.id != right.id),
            ("deprecated", *_each("deprecated", left.node, right.node)),
        ):
            if differs:
                yield _finding(kind, one, two, left.node, right.node, place)
        yield from self._words(left.node, right.node, place)
        yield from self._parameters(left, right)
        yield from self._bodies((left.body, right.body), (left.node, right.node), Place(left.id, "request"))
        yield from self._answers(left, right)

    def _parameters(self, left: Operation, right: Operation) -> Iterator[Finding]:
        def look(key: str) -> Look:
            side, parameter = self._one_side(left.parameters, right.parameters, key)
            return look_of(side.shapes.of(parameter.schema), parameter.place, parameter.style)

        for mine, other in pairs(left.parameters, right.parameters, look):
            one = left.parameters[mine] if mine is not None else None
            two = right.parameters[other] if other is not None else None
            if one and two:
                yield from self._parameter(left, one, two)
            elif known := one or two:
                names = one.name if one else None, two.name if two else None
                nodes = one.node if one else left.node, two.node if two else right.node
                place = Place(left.id, f"{known.place} {known.name}")
                yield _finding("parameter", *names, *nodes, place, known.required)

    def _parameter(self, operation: Operation, left: Parameter, right: Parameter) -> Iterator[Finding]:
        place = Place(operation.id, f"{left.place} {left.name}")
        for kind, one, two, differs in (
            ("parameter", left.name, right.name, self._renamed(left, right)),
            ("place", left.place, right.place, left.place != right.place),
            ("required", left.required or None, right.required or None, left.required != right.required),
            ("list style", left.style, right.style, left.style and right.style and left.style != right.style),
        ):
            if differs:
                yield _finding(kind, one, two, left.node, right.node, place)
        if left.schema is not left.node or right.schema is not right.node:
            yield from self._words(left.node, right.node, place)
        yield from self._schemas(left.schema, right.schema, place)

    def _renamed(self, left: Parameter, right: Parameter) -> bool:
        """Headers are known without regard to case, and names in a path are seen by Python callers only."""
        if left.place == right.place == "path":
            return self.rules.names and left.name != right.name
        if left.place == right.place == "header":
            return left.name.lower() != right.name.lower()
        return left.name != right.name

    def _answers(self, left: Operation, right: Operation) -> Iterator[Finding]:
        def look(status: str) -> Look:
            answer = left.answers.get(status) or right.answers[status]
            return Look((status[0], answer.body is not None), telling=True)

        for mine, other in pairs(left.answers, right.answers, look):
            one = left.answers[mine] if mine is not None else None
            two = right.answers[other] if other is not None else None
            place = Place(left.id, f"answer {mine if mine is not None else other}")
            nodes = one.node if one else left.node, two.node if two else right.node
            if mine != other:
                yield _finding("answer", mine, other, *nodes, place)
            if one and two:
                yield from self._answer(one, two, place)

    def _answer(self, left: Answer, right: Answer, place: Place) -> Iterator[Finding]:
        yield from self._words(left.node, right.node, place)
        yield from self._headers(left, right, place)
        yield from self._bodies((left.body, right.body), (left.node, right.node), place)

    def _headers(self, left: Answer, right: Answer, place: Place) -> Iterator[Finding]:
        def look(key: str) -> Look:
            side, header = self._one_side(left.headers, right.headers, key)
            return look_of(side.shapes.of(header.schema))

        for mine, other in pairs(left.headers, right.headers, look):
            one = left.headers[mine] if mine is not None else None
            two = right.headers[other] if other is not None else None
            known = one or two
            assert known is not None
            at = Place(place.operation, f"{place.part} header {known.name}")
            names = one.name if one else None, two.name if two else None
            nodes = one.node if one else left.node, two.node if two else right.node
            if mine != other:
                yield _finding("header", *names, *nodes, at)
            if one and two:
                if one.schema is not one.node:
                    yield from self._words(one.node, two.node, at)
                yield from self._schemas(one.schema, two.schema, at)

    def _bodies(
        self, bodies: tuple[Body | None, Body | None], holders: tuple[Node, Node], place: Place
    ) -> Iterator[Finding]:
        left, right = bodies
        known = left or right
        if known is None:
            return
        nodes = left.node if left else holders[0], right.node if right else holders[1]
        if not left or not right:
            yield _finding("body", left and "body", right and "body", *nodes, place, known.required)
            return
        if left.required != right.required:
            yield _finding("required", left.required or None, right.required or None, *nodes, place)
        if left.media and right.media and not set(left.media) & set(right.media):
            yield _finding("media type", ", ".join(left.media), ", ".join(right.media), *nodes, place)
        if left.schema and right.schema:
            yield from self._schemas(left.schema, right.schema, place)

    def _schemas(self, left: Node, right: Node, place: Place) -> Iterator[Finding]:
        for found in self.schemas.compare(left, right, place.direction):
            at = Place(place.operation, place.part, found.way)
            severity = judge(found.kind, found.left, found.right, place.direction, found.required)
            pointers = found.left_pointer, found.right_pointer
            yield Finding(found.kind, found.left, found.right, *pointers, at, severity, found.required)

    def _words(self, left: Node, right: Node, place: Place) -> Iterator[Finding]:
        one, two = (f"{node.text('summary')} {node.text('description')}".strip() for node in (left, right))
        if self.rules.text and one != two:
            yield _finding("text", one or None, two or None, left, right, place)

    def _one_side(self, left: dict[str, Parameter], right: dict[str, Parameter], key: str) -> tuple[Api, Parameter]:
        return (self.left, left[key]) if key in left else (self.right, right[key])


def _finding(kind: str, left: Any, right: Any, one: Node, two: Node, place: Place, required: bool = False) -> Finding:
    severity = judge(kind, left, right, place.direction, required)
    return Finding(kind, left, right, one.pointer, two.pointer, place, severity, required)


def _each(key: str, left: Node, right: Node) -> tuple[Any, Any, bool]:
    one, two = (node.value.get(key) is True or None for node in (left, right))
    return one, two, one != two


def _paths(api: Api) -> Node:
    return api.document.top().get("paths") or api.document.top()
