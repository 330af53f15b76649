"""One's own account: browsers signed in, the password, everything held about one, erasing it."""
