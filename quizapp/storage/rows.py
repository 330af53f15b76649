"""What reads return: rows of columns by name.

Their element types are left open: SQLAlchemy types them by position, which says nothing of names.
"""

from collections.abc import Sequence
from typing import Any

Rows = Sequence[Any]
