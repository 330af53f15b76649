"""How a learner studies one deck: pausing, leaving, restarting it; its own target recall."""
