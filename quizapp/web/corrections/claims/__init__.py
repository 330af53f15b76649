"""“I was right” in the browser: claiming it beneath an answer, and deciding it for all who answered so."""
