"""Other programs’ formats as leaves: bytes in, questions out, and back; no module here knows another."""
