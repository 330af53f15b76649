"""What Anki's notes and cards become here. The package itself is read on the services' floor."""
