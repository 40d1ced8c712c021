"""What is wrong with the records: findings with evidence, and the changes that would mend them."""

from typing import TYPE_CHECKING

from stcrm_nb import lazy

if TYPE_CHECKING:  # phonenumbers, rapidfuzz
    from stcrm_nb.quality.review import changes, findings

__all__ = ["changes", "findings"]

__getattr__ = lazy.names(__name__, {"changes": "review", "findings": "review"})
