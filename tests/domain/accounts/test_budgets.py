"""What strangers at one address may begin: a class never meets the limit, a machine does."""

from __future__ import annotations

import pytest

from quizapp.domain.accounts.budgets import GUESTS, PASSKEY_STEPS, SIGN_UPS, Budget


@pytest.mark.parametrize("budget", [SIGN_UPS, GUESTS, PASSKEY_STEPS])
def test_a_class_of_sixty_may_try_three_times_each_within_ten_minutes(budget: Budget) -> None:
    assert budget.most >= 60 * 3
    assert budget.minutes <= 10
