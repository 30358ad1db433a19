"""Mutants: small changes of the meaning of a module, made by cosmic-ray's operators. The sample depends on the seed only."""

from __future__ import annotations

import ast
import difflib
import random
from functools import cache
from pathlib import Path

from attrs import frozen
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

# One of those that say the same is enough, and none that only ends in a TypeError or is the same by definition (`is` for `==`).
_OPERATORS = (
    *(f"ReplaceBinaryOperator_{pair}" for pair in (
        "Add_Sub", "Sub_Add", "Mul_Add", "Div_Mul", "FloorDiv_Mul", "Mod_Mul", "Pow_Mul", "BitOr_BitAnd", "BitAnd_BitOr",
        "RShift_LShift", "LShift_RShift",
    )),
    *(f"ReplaceComparisonOperator_{pair}" for pair in (
        "Eq_NotEq", "Eq_GtE", "NotEq_Eq", "NotEq_Gt", "Lt_LtE", "Lt_GtE", "LtE_Lt", "LtE_Gt", "Gt_GtE", "Gt_LtE", "GtE_Gt",
        "GtE_Lt", "Is_IsNot", "IsNot_Is",
    )),
    "ReplaceUnaryOperator_USub_UAdd", "ReplaceUnaryOperator_Delete_Not", "AddNot", "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd", "ReplaceBreakWithContinue", "ReplaceContinueWithBreak",
    "ExceptionReplacer", "NumberReplacer", "RemoveDecorator", "ZeroIterationForLoop",
)  # fmt: skip


@frozen
class Mutant:
    """A module with one change.

    Attributes:
        module: The path of the module in the repository.
        operator: The name of cosmic-ray's operator.
        occurrence: The operator's place in the module, counted from 0.
        line: The number of the line that changes.
        before: The changed lines as they are, without the blanks around them.
        after: The same lines after the change.
        code: The whole module after the change.
    """

    module: str
    operator: str
    occurrence: int
    line: int
    before: str
    after: str
    code: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line} ({self.operator})\n    - {self.before}\n    + {self.after}"


def sample(root: Path, modules: list[str], number: int, seed: int) -> list[Mutant]:
    """Return `number` mutants of the modules, each module with as many as it has a share in all places.

    The sample of a module stays the same while its code does.
    """
    places = {module: _places((root / module).read_text()) for module in modules}
    total = sum(len(some) for some in places.values())
    chosen = []
    for module, some in places.items():
        order = random.Random(f"{seed} {module}").sample(some, len(some))
        share, found = max(2, round(number * len(some) / total)), 0
        code = (root / module).read_text()
        for operator, occurrence in order:
            mutant = _mutant(module, code, operator, occurrence) if found < share else None
            if mutant is not None:
                chosen.append(mutant)
                found += 1
    # An interrupted run has tried a fair part of every module.
    random.Random(seed).shuffle(chosen)
    return chosen


def _places(code: str) -> list[tuple[str, int]]:
    """Return every operator with every place where it can be applied."""
    nodes = list(ast_nodes(get_ast(code)))
    found = []
    for name in _OPERATORS:
        operator = get_operator(f"core/{name}")()
        number = sum(len(list(operator.mutation_positions(node))) for node in nodes)
        found += [(name, occurrence) for occurrence in range(number)]
    return found


def _mutant(module: str, code: str, operator: str, occurrence: int) -> Mutant | None:
    """Return a mutant, or None where the change changes nothing (an annotation), or leaves no Python."""
    changed = mutate_code(code, get_operator(f"core/{operator}")(), occurrence)
    if changed is None:
        return None
    old, new = code.splitlines(), changed.splitlines()
    edits = [
        edit for edit in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if edit[0] != "equal"
    ]
    if not edits:
        return None
    first, last = edits[0][1], edits[-1][2]
    before = " ".join(line.strip() for line in old[first:last])
    after = " ".join(line.strip() for line in new[edits[0][3] : edits[-1][4]])
    if _meaning(changed) in (_meaning(code), None):
        return None
    return Mutant(module, operator, occurrence, first + 1, before, after, changed)


class _WithoutAnnotations(ast.NodeTransformer):
    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(None)
        return self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node


@cache
def _meaning(code: str) -> str | None:
    """Return the tree of a module without what is never evaluated; None where it is no Python (`*` among parameters)."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return None
    return ast.dump(_WithoutAnnotations().visit(tree))
