"""How questions do, told from first answers: how hard, how telling, which options, what is suspicious."""
