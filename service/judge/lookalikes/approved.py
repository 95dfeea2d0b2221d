"""Functions that a product is approved for (handbook n-N02, n-N08)."""

from dataclasses import dataclass

from service.domain.vocabulary import SpeechAct
from service.judge.facts import FUNCTION_FACTS, confirmed
from service.judge.lookalikes.cued import LOOK_ALIKE
from service.judge.ruling import Ruling
from service.judge.scene import Scene

_SUBTYPES = ("n.health_food", "n.food_claim", "n.medical_claim", "n.cosmetics", "n.drug_device")


@dataclass(frozen=True, slots=True)
class ApprovedFunction:
    """Words that the product's approval contains are lawful; without facts the cue file asks for evidence."""

    name: str = "approved_function"

    def look(self, scene: Scene) -> Ruling | None:
        """Exempt where `product_facts` hold the words as an approved function."""
        if not scene.candidate.subtype.startswith(_SUBTYPES) or not confirmed(scene, FUNCTION_FACTS):
            return None
        return Ruling(self.name, LOOK_ALIKE, SpeechAct.ASSERT, scene.span, "approved function")
