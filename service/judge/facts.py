"""Product facts of handbook §1.8, against which exemptions are checked."""

from collections.abc import Iterable, Iterator

from service.judge.scene import Scene
from service.text.fold import fold_term

NAME_FACTS = ("name", "brand", "trademark", "trademarks", "model", "models", "series", "patent_name", "spec")
GRADE_FACTS = ("grade", "grades", "standard_grade")
FUNCTION_FACTS = ("approved_function", "approved_functions")


def confirmed(scene: Scene, keys: Iterable[str]) -> bool:
    """Whether a fact under one of `keys` holds the candidate's words or is held by them.

    One character proves nothing: words and facts of two characters and more are compared.
    """
    words = scene.words
    if len(words) < 2:
        return False
    return any(len(fact) > 1 and (fact in words or words in fact) for fact in _values(scene, keys))


def _values(scene: Scene, keys: Iterable[str]) -> Iterator[str]:
    product = scene.context.product
    if product is None:
        return
    for key in keys:
        value = product.facts.get(key)
        for one in value if isinstance(value, list | tuple) else [value]:
            if isinstance(one, str):
                yield fold_term(one)
